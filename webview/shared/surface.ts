/** A canvas that fills its box sharply on every screen. Its context draws in CSS pixels. */
export class Surface {
  readonly canvas = document.createElement("canvas");
  readonly context: CanvasRenderingContext2D;
  /** CSS pixels. */
  width = 0;
  height = 0;
  /** Device pixels in a CSS pixel. */
  ratio = 1;

  /** Decoration for assistive technology: what it shows, the page says elsewhere in words. */
  constructor(className: string) {
    this.canvas.className = className;
    this.canvas.setAttribute("aria-hidden", "true");
    const context = this.canvas.getContext("2d");
    if (!context) throw new Error("Surface: this browser draws no 2D canvas");
    this.context = context;
  }

  /** Takes over the size of the box, and clears. @returns whether there is anything to draw on */
  begin(): boolean {
    const { clientWidth, clientHeight } = this.canvas;
    const ratio = window.devicePixelRatio;
    if (clientWidth !== this.width || clientHeight !== this.height || ratio !== this.ratio) {
      this.width = clientWidth;
      this.height = clientHeight;
      this.ratio = ratio;
      this.canvas.width = this.deviceWidth;
      this.canvas.height = this.deviceHeight;
    }
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.context.clearRect(0, 0, this.width, this.height);
    return this.width > 0 && this.height > 0;
  }

  get deviceWidth(): number {
    return Math.round(this.width * this.ratio);
  }

  get deviceHeight(): number {
    return Math.round(this.height * this.ratio);
  }
}
