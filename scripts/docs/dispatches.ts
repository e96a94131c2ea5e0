import type { AdapterTraits } from "../../src/device/traits.ts";
import { planGraph } from "../../src/plan/plan_graph.ts";
import type { TrainingStep } from "../../test/support/training_steps.ts";
import { trainingSteps } from "../../test/support/training_steps.ts";
import { everyTrait, softwareTraits } from "../../test/support/traits.ts";
import type { Column } from "./markdown.ts";
import { section, table } from "./markdown.ts";
import type { Results } from "./results.ts";
import { adapterName } from "./results.ts";

/** Of the peers, seen when they were first measured, over the five networks of `wgrad bench step`. */
const peers = [
  { name: "TensorFlow.js", dispatches: "68–238", submits: "in 5 to 16 submits" },
  { name: "jax-js, the whole step in one `jit`,", dispatches: "43–100", submits: "in as many submits" },
];

/** How many dispatches each training step makes: as planned now, and as stored runs counted them. */
export function dispatchesPart(results: Results): string {
  const planned = (traits: AdapterTraits) => {
    return ({ trace }: TrainingStep) => `${planGraph(trace(), traits).dispatches.length}`;
  };
  const columns: Column<TrainingStep>[] = [
    ["step", ({ name }) => name],
    [">planned, software adapters", planned(softwareTraits)],
    [">planned, GPUs", planned(everyTrait)],
    ...countedColumns(results),
  ];
  return section(
    "## Dispatches a step",
    "Forward, loss, gradients and update, of recipes the batch and the metrics too, untuned; many steps go in one submit. " +
      "`test/null/dispatches.test.ts` asserts the planned counts, and that a dense layer with relu is one dispatch " +
      "forward and three backward, softmax cross-entropy with its mean and its gradient two, the batch one, and the " +
      "optimizer one whatever the number of parameters.",
    table(columns, trainingSteps),
    `For comparison, the peers' training steps: ${peers
      .map(({ name, dispatches, submits }) => `${name} ${dispatches} dispatches ${submits}`)
      .join("; ")}.`,
  );
}

/** Recipes are counted by profiles, the other steps by runs. */
function countedColumns({ runs, profiles }: Results): Column<TrainingStep>[] {
  return runs.map(({ slug, content }): Column<TrainingStep> => {
    const counted = (name: string): number | null | undefined =>
      content.rows.find((row) => row.name === name)?.dispatches ??
      profiles.find((own) => own.slug === slug && own.content.name === name)?.content.dispatches.length;
    const tuned = content.flags.includes("tuned") ? ", tuned" : "";
    return [`>counted, ${adapterName(content)}${tuned}`, ({ name }) => `${counted(name) ?? ""}`];
  });
}
