package dev.kysera.migrations.junit;

import java.util.Locale;

/** The kinds of objects, in the order of a snapshot; in the reverse order they can be dropped. */
enum Kind {
  SCHEMA,
  EXTENSION,
  COLLATION,
  TEXT_SEARCH_DICTIONARY,
  TEXT_SEARCH_CONFIGURATION,
  TYPE,
  CONSTANT,
  SEQUENCE,
  FUNCTION,
  PROCEDURE,
  AGGREGATE,
  TABLE,
  STATISTICS,
  VIEW,
  MATERIALIZED_VIEW,
  SYNONYM,
  EVENT;

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
