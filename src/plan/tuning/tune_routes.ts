import type { Graph } from "../../graph/graph.ts";
import type { Node } from "../../graph/tensor.ts";
import type { Choices } from "../../kernels/choices.ts";
import type { KernelRequest } from "../../kernels/kernel.ts";
import { tuningKey } from "../../kernels/tuning_key.ts";
import type { TunedCandidate, TuningEntry, TuningTable } from "../../kernels/tuning_table.ts";
import { listHash } from "../../kernels/tuning_table.ts";
import type { Route } from "../../ops/convolution_routes.ts";
import {
  imagesOf,
  requestOf,
  routeGroups,
  routeSubject,
  routesOf,
  untunedRoute,
} from "../../ops/convolution_routes.ts";
import { runPasses } from "../passes/index.ts";
import type { Plan } from "../plan.ts";
import { makePlan } from "../plan.ts";
import type { ContestRules, Outcome } from "./contest.ts";
import { contest } from "./contest.ts";
import type { Bench } from "./workload.ts";
import { firstDifference, Workload } from "./workload.ts";

/** Convolutions of one image, or one alone, whose routes are chosen together as one program. */
export interface RouteJob {
  readonly members: readonly RouteMember[];
  /** All ways to do them, the default first. */
  readonly ways: readonly Way[];
  readonly nodes: readonly Node[];
  /** What a tensor made on the way may take. */
  readonly workspaceBytes: number;
}

interface RouteMember {
  readonly subject: string;
  readonly key: string;
  readonly usual: Route;
  readonly accepted: readonly Route[];
}

/** A route for each member. */
type Way = readonly Route[];

/** What of a graph's convolutions is to be chosen, once where several come to the same keys. */
export function routeJobs(graph: Graph, workspaceBytes: number): RouteJob[] {
  const images = imagesOf(graph);
  const jobs = new Map<string, RouteJob>();
  for (const nodes of routeGroups(graph, images)) {
    const members = nodes.map((node): RouteMember => {
      const subject = routeSubject(node, images);
      const usual = untunedRoute(node, workspaceBytes);
      if (usual === null) throw new Error(`internal: ${node.op.name} has no routes`);
      const accepted = routesOf(node, workspaceBytes);
      return { subject, key: tuningKey(subject, requestOf(node)), usual, accepted };
    });
    // Members of one subject are one choice.
    const distinct = members.filter(({ subject }, index) => firstOf(members, subject) === index);
    const usual = distinct.map((member) => member.usual);
    const ways = [usual, ...allWays(distinct).filter((way) => way.join() !== usual.join())];
    jobs.set(distinct.map(({ key }) => key).join("\n"), {
      members: distinct,
      ways,
      nodes,
      workspaceBytes,
    });
  }
  return [...jobs.values()];
}

const firstOf = (members: readonly RouteMember[], subject: string): number =>
  members.findIndex((member) => member.subject === subject);

const allWays = (members: readonly RouteMember[]): Way[] =>
  members.reduce<Way[]>(
    (ways, { accepted }) => ways.flatMap((way) => accepted.map((route): Way => [...way, route])),
    [[]],
  );

/** The job's nodes alone, done in one way, with what is known of kernels so far. */
export function planWay(bench: Bench, workload: Workload, job: RouteJob, way: Way, table: TuningTable): Plan {
  const choices: Choices = {
    pick(subject: string, request: KernelRequest, candidates: readonly string[]) {
      const member = job.members.findIndex((own) => own.subject === subject);
      return way[member] ?? table.pick(subject, request, candidates);
    },
  };
  const { workspaceBytes } = job;
  return makePlan(runPasses(workload.graph(), { choices, workspaceBytes }), bench.traits, choices);
}

/**
 * Measures all ways of a job as whole programs, with the kernels that are best in each.
 * @returns an entry for each member by its key, or null where the default is not worth the trouble
 */
export async function tuneRoutes(
  bench: Bench,
  job: RouteJob,
  table: TuningTable,
  rules: Pick<ContestRules, "worthwhile">,
): Promise<ReadonlyMap<string, TuningEntry> | null> {
  const workload = new Workload(bench, job.nodes);
  try {
    let expected: ReturnType<Workload["expected"]> | undefined;
    const entrants = job.ways.map((way) => ({
      name: nameOf(way, job),
      prepare: () => workload.compile(planWay(bench, workload, job, way, table)),
    }));
    const outcome = await contest(bench.device, entrants, {
      ...rules,
      check: async (program) => {
        const got = await workload.outputs(program);
        expected ??= workload.expected();
        return firstDifference(got, await expected);
      },
    });
    return outcome && new Map(job.members.map(({ key }, index) => [key, entryOf(job, outcome, index)]));
  } finally {
    workload.release();
  }
}

const nameOf = (way: Way, { members }: RouteJob): string =>
  way.map((route, index) => (members.length > 1 ? `${members[index]?.subject} ${route}` : route)).join(", ");

/** One member's share of an outcome: each of its routes in the best company. */
function entryOf(job: RouteJob, outcome: Outcome, index: number): TuningEntry {
  const chosen = job.ways.find((way) => nameOf(way, job) === outcome.choice)?.[index];
  const { usual, accepted = [] } = job.members[index] ?? {};
  if (!chosen || !usual) throw new Error("internal: a contest won by nobody");
  const candidates = [usual, ...accepted.filter((route) => route !== usual)].map((route): TunedCandidate => {
    const own = outcome.candidates.filter((_, way) => job.ways[way]?.[index] === route);
    const best = own.reduce((a, b) => ((b.milliseconds ?? Infinity) < (a.milliseconds ?? Infinity) ? b : a));
    return { ...best, name: route };
  });
  const { ratio, noise } = outcome;
  return {
    choice: chosen,
    default: usual,
    ratio: chosen === usual ? 1 : ratio,
    noise,
    candidates,
    list: listHash(accepted),
  };
}
