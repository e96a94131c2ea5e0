// Import directions: a room of src/ imports from the rooms before it in this list, and nothing goes in circles.
const rooms = [
  "device",
  "kernels",
  "graph",
  "ops",
  "autograd",
  "plan",
  "nn",
  "optim",
  "data",
  "training",
  "studies",
  "benchmarks",
  "validation",
  "cli",
  "lab",
];

const upward = rooms.map((room, index) => ({
  name: `${room}-imports-down`,
  comment: `${room} may import ${rooms.slice(0, index).join(", ") || "no other room"}`,
  severity: "error",
  from: { path: `^src/${room}/` },
  to: {
    path: `^src/(${rooms
      .slice(index + 1)
      .concat("$never")
      .join("|")})/`,
  },
}));

/** Files that only ever run in Node. */
const nodeOnly =
  "src/(device/node|data/node|training/node|validation/(static/|spec/parse_spec|random_cases|nearest_names)|cli/|studies/)";

module.exports = {
  forbidden: [
    ...upward,
    {
      name: "no-circles",
      comment:
        "type-only imports count too: two files that need each other's types are one subject; what is fetched later may come " +
        "back to who fetched it",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["dynamic-import"] } },
    },
    {
      name: "rooms-below-the-engine",
      comment:
        "src/*.ts put the rooms together; only studies, the command line and the page stand above them",
      severity: "error",
      from: { path: "^src/(?!studies/|cli/|lab/)[^/]+/" },
      to: { path: "^src/[^/]+\\.ts$" },
    },
    {
      name: "engine-and-index-imports",
      severity: "error",
      from: { path: "^src/[^/]+\\.ts$" },
      to: { path: "^src/(reference|benchmarks|validation|cli|lab)/" },
    },
    {
      name: "reference-stays-out-of-the-package",
      comment: "the f64 reference must not reach web bundles; benchmarks check with it before they time",
      severity: "error",
      from: { path: "^src/(?!reference/|benchmarks/|validation/|cli/)" },
      to: { path: "^src/reference/" },
    },
    {
      name: "benchmarks-stay-out-of-the-page",
      comment: "they bring the reference along",
      severity: "error",
      from: { path: "^src/lab/" },
      to: { path: "^src/benchmarks/" },
    },
    {
      name: "reference-is-independent",
      comment: "a reference that shares code with what it judges judges nothing",
      severity: "error",
      from: { path: "^src/reference/" },
      to: { path: "^src/(?!reference/|kernels/|graph/|ops/)" },
    },
    {
      name: "reference-knows-types-only",
      severity: "error",
      from: { path: "^src/reference/" },
      to: { path: "^src/(graph|ops)/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "only-device-node-imports-webgpu",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/device/node\\.ts$" },
      to: { path: "^(node_modules/)?webgpu(/|$)" },
    },
    {
      name: "node-modules-in-node-files",
      severity: "error",
      from: { path: "^src/", pathNot: `^${nodeOnly}` },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "no-packages-in-the-browser",
      comment:
        "the web bundle is wgrad alone; random cases are the command line's, and the lab is a page of its own that brings " +
        "what it shows with",
      severity: "error",
      from: { path: "^src/", pathNot: `^(${nodeOnly}|src/validation/random_cases\\.ts$|src/lab/)` },
      to: { path: "node_modules" },
    },
    {
      name: "random-cases-stay-out-of-pages",
      comment: "they bring fast-check along",
      severity: "error",
      from: { path: "^src/(?!cli/)" },
      to: { path: "^src/validation/random_cases\\.ts$" },
    },
    {
      name: "plots-are-loaded-by-their-command",
      comment: "Plot and a document for it take longer to load than most commands take to run",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/cli/(plots/|runs_plot\\.ts$)" },
      to: { path: "^src/cli/plots/|node_modules/(@observablehq|linkedom)/" },
    },
    {
      name: "sqlite-only-in-the-records",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/training/node/sqlite\\.ts$" },
      to: { path: "node_modules/libsql/" },
    },
    {
      name: "no-development-packages-in-src",
      comment: "typescript is an optional peer: specs of kernels are compiled with the user's own",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/lab/" },
      to: {
        path: "node_modules/(?!typescript/)",
        dependencyTypes: ["npm-dev"],
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "not-resolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "src-imports-src",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^(test|bench|scripts)/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|coverage|runs|test/fixtures)/" },
    // Without this, type-only imports vanish before they are seen.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
  },
};
