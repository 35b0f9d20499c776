package dev.kysera.migrations.benchmarks.inputs;

import java.util.HashMap;
import java.util.Map;

/** A file for each migration, whose name has the version. */
final class EbeanForm {

  private EbeanForm() {}

  static Map<String, String> files(int migrations, Body body) {
    Map<String, String> files = new HashMap<>();
    for (int i = 1; i <= migrations; i++) {
      files.put("%d__m.sql".formatted(i), body.up(i) + ";\n");
    }
    return files;
  }
}
