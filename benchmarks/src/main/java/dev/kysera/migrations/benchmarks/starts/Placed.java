package dev.kysera.migrations.benchmarks.starts;

/** A contestant and its database. */
record Placed(Entrant entrant, Database database) {}
