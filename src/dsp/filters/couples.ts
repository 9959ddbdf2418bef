/**
 * First-order corrections of sections, two by two made into biquads: so all of an equaliser
 * runs in one cascade, and sections that need no correction cost nothing for it.
 */
import { allocate } from "../memory";
import { Section, sectionNew } from "./section";

@unmanaged
class Couple {
  /** Whose corrections they are; 0: free. */
  first: usize;
  second: usize;
  /** The biquad. */
  readonly section: Section = sectionNew();

  holds(section: usize): bool {
    return this.first == section || this.second == section;
  }

  /** Takes `section` in. @returns whether there was room */
  takes(section: usize): bool {
    if (this.first == 0) this.first = section;
    else if (this.second == 0) this.second = section;
    else return false;
    return true;
  }

  /** Lets go of sections that have no correction any more: theirs passes everything by then. */
  release(): void {
    if (this.first != 0 && !needs(this.first)) this.first = 0;
    if (this.second != 0 && !needs(this.second)) this.second = 0;
  }

  update(): void {
    const first = this.first != 0 ? changetype<Section>(this.first) : passing;
    const second = this.second != 0 ? changetype<Section>(this.second) : passing;
    this.section.current.couple(first.current, second.current);
  }
}

const passing: Section = sectionNew();

function needs(section: usize): bool {
  const each = changetype<Section>(section);
  return each.sounds() && each.isCorrected();
}

@unmanaged
export class Couples {
  capacity: i32;
  list: usize;

  /** Takes the correction of `section` in, unless it has its place, which it keeps while it sounds. */
  add(section: Section): void {
    const address = changetype<usize>(section);
    for (let i = 0; i < this.capacity; i++) if (this.at(i).holds(address)) return;
    for (let i = 0; i < this.capacity; i++) if (this.at(i).takes(address)) return;
  }

  release(): void {
    for (let i = 0; i < this.capacity; i++) this.at(i).release();
  }

  /** Follows the sections' coefficients. */
  update(): void {
    for (let i = 0; i < this.capacity; i++) {
      const couple = this.at(i);
      if (couple.first != 0 || couple.second != 0) couple.update();
    }
  }

  /** Appends the addresses of the biquads in use at `target`; the others go to rest. @returns their number */
  append(target: usize): i32 {
    let count = 0;
    for (let i = 0; i < this.capacity; i++) {
      const couple = this.at(i);
      if (couple.first != 0 || couple.second != 0) {
        store<usize>(target + ((<usize>count) << 2), changetype<usize>(couple.section));
        count++;
      } else {
        couple.section.reset();
      }
    }
    return count;
  }

  private at(index: i32): Couple {
    return changetype<Couple>(load<usize>(this.list + ((<usize>index) << 2)));
  }
}

/** Room for the corrections of `sections` sections. */
export function couplesNew(sections: i32): Couples {
  const couples = new Couples();
  couples.capacity = (sections + 1) >> 1;
  couples.list = allocate(couples.capacity << 2);
  for (let i = 0; i < couples.capacity; i++) {
    store<usize>(couples.list + ((<usize>i) << 2), changetype<usize>(new Couple()));
  }
  return couples;
}
