package dev.kysera.migrations.benchmarks.inputs;

import java.util.HashMap;
import java.util.Map;

/** A class or a file for each migration, whose name has the version. */
final class FlywayForm {

  private FlywayForm() {}

  static Map<String, String> java(int migrations, Body body, boolean handedOver) {
    Map<String, String> files = new HashMap<>();
    for (int i = 1; i <= migrations; i++) {
      files.put(
          "V%d__m.java".formatted(i),
          """
          package bench;
          import java.sql.Statement;
          import org.flywaydb.core.api.migration.BaseJavaMigration;
          import org.flywaydb.core.api.migration.Context;
          public final class V%d__m extends BaseJavaMigration {
            @Override public void migrate(Context context) throws Exception {
              try (Statement statement = context.getConnection().createStatement()) {
                statement.execute("%s");
              }
            }
          }
          """
              .formatted(i, body.up(i)));
    }
    if (handedOver) {
      files.put(
          "Start.java",
          """
          package bench;
          import org.flywaydb.core.api.migration.JavaMigration;
          public final class Start extends dev.kysera.migrations.benchmarks.contestants.FlywayJava {
          %s}
          """
              .formatted(
                  Chunks.array(
                      "JavaMigration",
                      "JavaMigration[] migrations()",
                      migrations,
                      "new V%d__m()"::formatted)));
    }
    return files;
  }

  static Map<String, String> sql(int migrations, Body body) {
    Map<String, String> files = new HashMap<>();
    for (int i = 1; i <= migrations; i++) {
      files.put("V%d__m.sql".formatted(i), body.up(i) + ";\n");
    }
    return files;
  }
}
