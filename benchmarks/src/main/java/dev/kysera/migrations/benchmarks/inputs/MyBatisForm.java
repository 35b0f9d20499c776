package dev.kysera.migrations.benchmarks.inputs;

import java.util.HashMap;
import java.util.Map;

/** A script for each migration, and the one before them that creates the tool's own table. */
final class MyBatisForm {

  private MyBatisForm() {}

  static Map<String, String> files(int migrations, Body body) {
    Map<String, String> files = new HashMap<>();
    files.put(
        "0_changelog.sql",
        script(
            """
            CREATE TABLE CHANGELOG (ID NUMERIC(20,0) NOT NULL PRIMARY KEY,
            APPLIED_AT VARCHAR(25) NOT NULL, DESCRIPTION VARCHAR(255) NOT NULL)""",
            "DROP TABLE CHANGELOG"));
    for (int i = 1; i <= migrations; i++) {
      files.put("%05d_m.sql".formatted(i), script(body.up(i), body.down(i)));
    }
    return files;
  }

  private static String script(String up, String down) {
    return "-- // m\n" + up + ";\n\n-- //@UNDO\n" + down + ";\n";
  }
}
