/** The page's side of initializers.test.ts. */
import { initialBits } from "./initial_bits.ts";

Object.assign(globalThis, { initialBits });
