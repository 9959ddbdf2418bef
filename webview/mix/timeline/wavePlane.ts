import { emptyColumns, type PeakColumns } from "../../../src/viewmodel/peakColumns.js";
import { paintColumns, type WaveColors } from "../../shared/columnPainter.js";
import { Surface } from "../../shared/surface.js";

/** A canvas of which the pixels are written themselves: thousands of columns a frame. */
export class WavePlane {
  readonly surface = new Surface("waves");
  /** One for each column of device pixels; scratch. */
  columns: PeakColumns = emptyColumns(0);
  #image: ImageData | undefined;
  #pixels = new Uint32Array(0);

  /** Clears. @returns whether there is anything to draw on */
  begin(): boolean {
    if (!this.surface.begin()) return false;
    const { deviceWidth: width, deviceHeight: height } = this.surface;
    if (this.#image?.width === width && this.#image.height === height) this.#pixels.fill(0);
    else {
      this.#image = new ImageData(width, height);
      this.#pixels = new Uint32Array(this.#image.data.buffer);
      this.columns = emptyColumns(width);
    }
    return true;
  }

  /**
   * @param part the columns from `left` on
   * @param top where the wave's box begins, CSS pixels; it may reach beyond the canvas
   * @param height CSS pixels
   */
  paint(part: PeakColumns, left: number, top: number, height: number, colors: WaveColors): void {
    const { ratio, deviceWidth, deviceHeight } = this.surface;
    const plane = { pixels: this.#pixels, stride: deviceWidth };
    const area = {
      ...{ left, width: part.low.length, top: Math.round(top * ratio) },
      height: Math.max(1, Math.round(height * ratio)),
    };
    paintColumns(plane, area, part, { kind: "linear", zoom: 1 }, colors, { from: 0, to: deviceHeight });
  }

  end(): void {
    if (this.#image) this.surface.context.putImageData(this.#image, 0, 0);
  }
}
