import { gradientSuite } from "../../src/validation/gradients.ts";
import { workbench } from "../../src/validation/workbench.ts";
import { openTestDevice } from "../support/open.ts";
import { testItems } from "../support/suite.ts";

testItems(gradientSuite(), workbench(await openTestDevice()));
