import type { MixState, MixViewCommand, SourceState } from "../../src/protocol/mixProtocol.js";
import { element } from "../shared/element.js";
import { showHelp } from "../shared/helpOverlay.js";
import { onThemeChange } from "../shared/theme.js";
import { isTyping } from "../shared/typing.js";
import { commandTable } from "./commands.js";
import { Comparison } from "./comparison.js";
import { handleKeys, MIXER_KEYS, MIXER_POINTER } from "./keyboard.js";
import { liveMove } from "./liveMove.js";
import { mixer } from "./mixer/mixer.js";
import { MixModel, type AskHost, type Topics } from "./mixModel.js";
import type { MixPart } from "./mixPart.js";
import { createMixPlayer } from "./player/createMixPlayer.js";
import { problems } from "./problems.js";
import { splitter } from "./splitter.js";
import { BREAKPOINT_KEYS } from "./timeline/breakpointKeys.js";
import { LANE_KEYS, LANE_POINTER } from "./timeline/laneKeys.js";
import { timeline } from "./timeline/timeline.js";
import { toolbar } from "./toolbar.js";
import { Transport } from "./transport.js";

export interface MixPage {
  readonly element: HTMLElement;
  /** What the host says has changed. */
  change(part: Partial<MixState>): void;
  changeSource(file: string, source: SourceState): void;
  run(command: MixViewCommand): void;
}

/** The whole page: tools, the timeline above, the mixer below. */
export function mixPage(state: MixState, ask: AskHost): MixPage {
  const player = createMixPlayer({
    ask,
    onState: () => model.touch("playback"),
    onOverload: () => void ask("overloaded", null),
    onMeters: (meters) => desk.push(meters),
  });
  const model = new MixModel(state, {
    ask,
    onFrame: (topics) => draw(topics),
    onPreview(path, value) {
      const move = model.mix && liveMove(model.mix, path, value);
      if (move) player.move(move.channel, move.path, move.value);
    },
  });
  const transport = new Transport(model, player);
  const comparison = new Comparison(model, (...move) => player.move(...move));
  const desk = mixer(model, comparison, (insert) => player.watch(insert));
  const lanes = timeline(model, transport);
  const commands = commandTable({
    ...{ model, transport, lanes, desk },
    showHelp: () =>
      showHelp(Object.values(commands), [
        ["Timeline", LANE_KEYS],
        ["Names of automation lanes", BREAKPOINT_KEYS],
        ["Pointer on the timeline", LANE_POINTER],
        ["Mixer", MIXER_KEYS],
        ["Pointer in the mixer", MIXER_POINTER],
      ]),
  });
  const split = splitter(() => model.touch("viewport"));
  handleKeys(commands);
  const tools = toolbar({ model, transport, commands, desk, lanes, comparison });
  const parts: MixPart[] = [tools, problems(model), lanes, desk];
  const page = element(
    "main",
    { id: "view", class: "mix" },
    element("h1", { class: "spoken" }, state.name),
    ...parts.map((part) => part.element),
  );
  desk.element.before(split.element);
  const draw = (topics: Topics): void => {
    page.classList.toggle("without-mix", model.mix === null);
    if (topics.has("mix")) comparison.follow();
    if (topics.has("selection")) transport.followRange();
    if (transport.isPlaying) model.touch("playback");
    for (const part of parts) part.show(model, topics);
    split.show(desk.isShown && lanes.isShown);
  };
  player.setPlayable(state.playable);
  onThemeChange(() => model.touch("theme", "mix", "viewport"));
  return {
    element: page,
    change(part) {
      model.takeState(part);
      if (part.playable !== undefined) player.setPlayable(part.playable);
    },
    changeSource(file, source) {
      model.takeState({ sources: { ...model.state.sources, [file]: source } });
      model.touch("peaks");
    },
    run(command) {
      if (document.activeElement && isTyping(document.activeElement)) return;
      if (commands[command].isEnabled()) commands[command].run();
    },
  };
}
