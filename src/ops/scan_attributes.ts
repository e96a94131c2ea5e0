/** Of the ops that combine each element of a line with all before it. */
export interface ScanAttributes {
  readonly axis: number;
  readonly reverse: boolean;
  readonly exclusive: boolean;
  /** Scan parts of so many elements, each from its own start; all at once by default. */
  readonly part?: number | undefined;
}
