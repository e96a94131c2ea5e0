import { gpuGradientSuite } from "../../src/validation/gpu_gradients.ts";
import { workbench } from "../../src/validation/workbench.ts";
import { openTestDevice } from "../support/open.ts";
import { testItems } from "../support/suite.ts";

testItems(gpuGradientSuite(), workbench(await openTestDevice()));
