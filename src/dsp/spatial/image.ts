/** From middle and side to left and right: their levels, a rotation, and the balance. */
import { Ramp } from "../ramp";

@unmanaged
export class Image {
  private mid: Ramp = new Ramp();
  private side: Ramp = new Ramp();
  private cosine: Ramp = new Ramp();
  private sine: Ramp = new Ramp();
  private gainLeft: Ramp = new Ramp();
  private gainRight: Ramp = new Ramp();
  /** What the middle and the side give to left and right. */
  private ofMid: v128;
  private ofSide: v128;

  /** Starts with the image as it is. */
  begin(): void {
    this.setMid(0, 0);
    this.setSide(0, 0);
    this.setRotation(0, 0);
    this.setBalance(0, 0);
  }

  /** @param level dB; -Infinity is silence. @param frames until it is there; 0: at once; so for all */
  setMid(level: f64, frames: i32): void {
    this.send(this.mid, Math.pow(10, level / 20), frames);
  }

  setSide(level: f64, frames: i32): void {
    this.send(this.side, Math.pow(10, level / 20), frames);
  }

  /** @param degrees -45 (the middle is left) to 45 (right) */
  setRotation(degrees: f64, frames: i32): void {
    const angle = (min<f64>(45, max<f64>(-45, degrees)) * Math.PI) / 180;
    this.send(this.cosine, Math.cos(angle), frames);
    this.send(this.sine, Math.sin(angle), frames);
  }

  /** @param balance -1 (left alone) to 1 (right alone); 0 dB on the louder side */
  setBalance(balance: f64, frames: i32): void {
    this.send(this.gainLeft, min<f64>(1, max<f64>(0, 1 - balance)), frames);
    this.send(this.gainRight, min<f64>(1, max<f64>(0, 1 + balance)), frames);
  }

  private send(ramp: Ramp, target: f64, frames: i32): void {
    ramp.moveTo(target, frames);
    this.weigh();
  }

  /** @returns whether left and right come out as they went in */
  isIdle(): bool {
    if (this.moves() || this.mid.value != 1 || this.side.value != 1 || this.sine.value != 0) return false;
    return this.gainLeft.value == 1 && this.gainRight.value == 1;
  }

  moves(): bool {
    if (this.mid.moves() || this.side.moves() || this.sine.moves() || this.cosine.moves()) return true;
    return this.gainLeft.moves() || this.gainRight.moves();
  }

  /** Goes on to the next frame; to be called after {@link frame} while it moves. */
  next(): void {
    this.mid.next();
    this.side.next();
    this.cosine.next();
    this.sine.next();
    this.gainLeft.next();
    this.gainRight.next();
    this.weigh();
  }

  private weigh(): void {
    const near = this.cosine.value + this.sine.value;
    const far = this.cosine.value - this.sine.value;
    const gains = frameOf(this.gainLeft.value, this.gainRight.value);
    this.ofMid = f64x2.mul(f64x2.mul(gains, frameOf(far, near)), f64x2.splat(this.mid.value));
    this.ofSide = f64x2.mul(f64x2.mul(gains, frameOf(near, -far)), f64x2.splat(this.side.value));
  }

  /** @returns left and right of a frame of middle and side */
  // @ts-ignore: decorator
  @inline
  frame(frame: v128): v128 {
    const mids = v128.shuffle<i64>(frame, frame, 0, 0);
    const sides = v128.shuffle<i64>(frame, frame, 1, 1);
    return f64x2.add(f64x2.mul(mids, this.ofMid), f64x2.mul(sides, this.ofSide));
  }
}

// @ts-ignore: decorator
@inline
export function frameOf(first: f64, second: f64): v128 {
  return f64x2.replace_lane(f64x2.splat(first), 1, second);
}
