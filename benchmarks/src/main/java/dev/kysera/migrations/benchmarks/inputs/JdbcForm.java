package dev.kysera.migrations.benchmarks.inputs;

import java.util.Map;

/** A class with the names and the statements. */
final class JdbcForm {

  private JdbcForm() {}

  static Map<String, String> files(String parent, int migrations, Body body) {
    return Map.of(
        "Start.java",
        """
        package bench;
        public final class Start extends dev.kysera.migrations.benchmarks.contestants.%s {
        %s
          @Override protected String body(int position) {
            int migration = position + 1;
            return migration <= %d ? "%s" : "%s";
          }
        }
        """
            .formatted(
                parent,
                Chunks.array(
                    "String", "String[] names()", migrations, i -> "\"%05d_m\"".formatted(i)),
                body.cheap(),
                "select 1",
                "create table t_\" + migration + \" (id int primary key, name varchar(100))"));
  }
}
