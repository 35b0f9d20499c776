package dev.kysera.migrations.benchmarks.inputs;

/**
 * What the migrations do.
 *
 * @param cheap up to which migration they do nothing but {@code select 1}; each one behind it
 *     creates a small table
 */
public record Body(int cheap) {

  /** Each migration creates a table. */
  public static final Body TABLES = new Body(0);

  /** No migration changes anything: a history is all that is wanted. */
  public static final Body NOTHING = new Body(Integer.MAX_VALUE);

  String up(int migration) {
    return migration <= cheap
        ? "select 1"
        : "create table t_" + migration + " (id int primary key, name varchar(100))";
  }

  String down(int migration) {
    return migration <= cheap ? "select 1" : "drop table t_" + migration;
  }
}
