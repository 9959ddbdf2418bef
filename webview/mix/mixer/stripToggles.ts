import { element } from "../../shared/element.js";
import { openMenu } from "../../shared/menu.js";
import type { MixModel } from "../mixModel.js";
import { setValue } from "../mixValue.js";
import { channelsOf, type Channel } from "./channel.js";
import type { StripPart } from "./stripPart.js";
import { ToggleButton } from "./toggleButton.js";

type Key = "mute" | "solo" | "soloSafe";
const NAMES: Readonly<Record<Key, string>> = { mute: "Mute", solo: "Solo", soloSafe: "Solo-safe" };

/** Mute, solo (with Ctrl: only this one; from its menu: solo-safe) and polarity. */
export function stripToggles(model: MixModel, current: () => Channel): StripPart {
  const mute = new ToggleButton("M", "mute", () => toggle(model, current(), "mute"));
  const solo = new ToggleButton("S", "solo", (event) => {
    if (event.ctrlKey || event.metaKey) soloAlone(model, current());
    else toggle(model, current(), "solo");
  });
  solo.element.addEventListener("contextmenu", (event) => {
    const channel = current();
    if (channel.kind !== "track" && channel.kind !== "bus") return;
    event.preventDefault();
    event.stopPropagation();
    openMenu(
      [
        {
          ...{ label: "Solo-safe", isChecked: channel.content.soloSafe, isEnabled: model.canEdit },
          run: () => toggle(model, channel, "soloSafe"),
        },
        { label: "Solo only this one", isEnabled: model.canEdit, run: () => soloAlone(model, channel) },
        { label: "No solo at all", isEnabled: model.canEdit, run: () => soloNone(model) },
      ],
      { x: event.clientX, y: event.clientY },
      `Solo of ${channel.name}`,
    );
  });
  const polarity = new ToggleButton("\u00d8", "polarity", () => invert(model, current()));
  const whole = element("div", { class: "toggles" }, mute.element, solo.element, polarity.element);
  return {
    element: whole,
    show(channel) {
      whole.hidden = channel.kind === "master";
      if (channel.kind === "master") return;
      const { content, name } = channel;
      mute.show(`Mute ${name} (M)`, content.mute, model.canEdit);
      solo.show(`Solo ${name} (Shift+S); with Ctrl only this one`, content.solo, model.canEdit);
      polarity.element.hidden = channel.kind === "group";
      if (channel.kind === "group") return;
      solo.element.classList.toggle("safe", channel.content.soloSafe);
      polarity.show(`Invert the polarity of ${name}`, channel.content.polarity === "inverted", model.canEdit);
    },
  };
}

export function toggle(model: MixModel, channel: Channel, key: Key): void {
  if (channel.kind === "master" || (key === "soloSafe" && channel.kind === "group")) return;
  const isOn = (channel.content as Readonly<Partial<Record<Key, boolean>>>)[key] === true;
  setValue(model, `${NAMES[key]} of ${channel.name}`, [...channel.path, key], !isOn);
}

function invert(model: MixModel, channel: Channel): void {
  if (channel.kind !== "track" && channel.kind !== "bus") return;
  const next = channel.content.polarity === "normal" ? "inverted" : "normal";
  setValue(model, `Polarity of ${channel.name}`, [...channel.path, "polarity"], next);
}

function soloAlone(model: MixModel, channel: Channel): void {
  setSolos(model, `Solo of ${channel.name} alone`, (each) => each.key === channel.key);
}

function soloNone(model: MixModel): void {
  setSolos(model, "No solo", () => false);
}

function setSolos(model: MixModel, label: string, isOn: (channel: Channel) => boolean): void {
  if (!model.mix || !model.canEdit) return;
  const changed = channelsOf(model.mix).filter(
    (channel) => channel.kind !== "master" && channel.content.solo !== isOn(channel),
  );
  if (changed.length === 0) return;
  const changes = changed.map((channel) => ({
    ...({ type: "set", path: [...channel.path, "solo"], value: isOn(channel) } as const),
  }));
  for (const { path, value } of changes) model.preview(path, value);
  void model.commit(label, changes);
}
