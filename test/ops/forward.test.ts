import { traitsOf } from "../../src/device/traits.ts";
import { forwardSuite } from "../../src/validation/suite.ts";
import { workbench } from "../../src/validation/workbench.ts";
import { openTestDevice } from "../support/open.ts";
import { testItems } from "../support/suite.ts";

// Opened here, since the adapter decides which variants there are.
const bench = workbench(await openTestDevice());
const thoroughness = process.env["WGRAD_TEST_EXHAUSTIVE"] === "1" ? "exhaustive" : "quick";
testItems(forwardSuite(traitsOf(bench.device), thoroughness), bench);
