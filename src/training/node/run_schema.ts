/**
 * The database's schema as steps that were once taken: a database at version n has the first n behind it. A step that
 * was released is never edited; what it made is changed by a further one. Hence the numbers stand here as they are.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE runs (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    recipe TEXT,
    study TEXT,
    status TEXT NOT NULL CHECK (status IN ('running', 'done', 'failed', 'interrupted')),
    started_at TEXT NOT NULL,
    ended_at TEXT,
    seed ANY,
    command TEXT,
    first_step INTEGER NOT NULL,
    planned_steps INTEGER,
    host TEXT NOT NULL,
    process INTEGER NOT NULL,
    result TEXT,
    error TEXT
  ) STRICT;

  CREATE TABLE configs (
    run INTEGER NOT NULL REFERENCES runs (key) ON DELETE CASCADE,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (run, key)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE environment (
    run INTEGER NOT NULL REFERENCES runs (key) ON DELETE CASCADE,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (run, key)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE steps (
    run INTEGER NOT NULL REFERENCES runs (key) ON DELETE CASCADE,
    step INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    loss REAL,
    accuracy REAL,
    learning_rate REAL,
    milliseconds REAL,
    PRIMARY KEY (run, step)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE epochs (
    run INTEGER NOT NULL REFERENCES runs (key) ON DELETE CASCADE,
    epoch INTEGER NOT NULL,
    step INTEGER NOT NULL,
    loss REAL,
    accuracy REAL,
    validation_loss REAL,
    validation_accuracy REAL,
    metrics TEXT NOT NULL,
    milliseconds REAL,
    PRIMARY KEY (run, epoch)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE layer_statistics (
    run INTEGER NOT NULL REFERENCES runs (key) ON DELETE CASCADE,
    epoch INTEGER NOT NULL,
    step INTEGER NOT NULL,
    steps INTEGER NOT NULL,
    position INTEGER NOT NULL,
    layer TEXT NOT NULL,
    tensor TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('parameter', 'activation')),
    gradient_l1 REAL NOT NULL,
    gradient_l2 REAL NOT NULL,
    gradient_max REAL NOT NULL,
    gradient_mean REAL NOT NULL,
    gradient_mean_magnitude REAL NOT NULL,
    gradient_below_1e3 REAL NOT NULL,
    gradient_below_1e5 REAL NOT NULL,
    gradient_non_finite REAL NOT NULL,
    update_ratio REAL,
    dead_share REAL,
    saturation REAL,
    PRIMARY KEY (run, step, position)
  ) STRICT, WITHOUT ROWID;

  CREATE VIEW layer_norm_avg AS
  SELECT run, epoch, MIN(position) AS position, layer, MAX(kind) AS kind,
    SQRT(SUM(norm * norm)) AS norm, SUM(non_finite) AS non_finite
  FROM (
    SELECT run, epoch, position, layer, tensor, kind,
      SUM(gradient_l2 * steps) / SUM(steps) AS norm,
      SUM(gradient_non_finite) AS non_finite
    FROM layer_statistics
    GROUP BY run, epoch, position, layer, tensor, kind
  )
  GROUP BY run, epoch, layer;

  CREATE VIEW norm_ratio AS
  SELECT run, epoch, position, layer, kind, previous_layer, norm, previous_norm,
    COALESCE(CASE
      WHEN previous_norm > 0 AND non_finite = 0 AND previous_non_finite = 0 THEN norm / previous_norm
    END, 9e999) AS ratio
  FROM (
    SELECT *,
      LAG(layer) OVER layers AS previous_layer,
      LAG(norm) OVER layers AS previous_norm,
      LAG(non_finite) OVER layers AS previous_non_finite
    FROM layer_norm_avg
    WINDOW layers AS (PARTITION BY run, epoch ORDER BY position)
  )
  WHERE previous_layer IS NOT NULL;

  CREATE VIEW gradient_class AS
  SELECT *,
    CASE
      WHEN ratio = 9e999 THEN 'infinite'
      WHEN ratio <= 1e-3 THEN 'vanishing'
      WHEN ratio > 5 THEN 'exploding'
      ELSE 'stable'
    END AS class
  FROM norm_ratio;
  `,
];

/** Marks a file as ours: "wgrd" in ASCII. */
export const applicationId = 0x77677264;
