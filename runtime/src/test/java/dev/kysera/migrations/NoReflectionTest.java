package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No class of the runtime looks for others: the constant pools name nothing that could. What a
 * rehearsal puts around JDBC's interfaces are proxies, which need a class loader.
 */
class NoReflectionTest {

  private static final List<String> LOOKING =
      List.of(
          "java/lang/reflect/",
          "java/util/ServiceLoader",
          "forName",
          "getResource",
          "java/lang/ClassLoader");

  @Test
  void only_the_builder_asks_a_class_whether_it_overrides_down() throws Exception {
    List<String> found = new ArrayList<>();
    Path root = Path.of("target", "classes");
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        String constants = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        for (String name : LOOKING) {
          if (constants.contains(name)) {
            found.add(file.getFileName() + " " + name);
          }
        }
      }
    }
    assertThat(found)
        .containsExactlyInAnyOrder(
            "MigrationRegistry$Builder.class java/lang/reflect/",
            "WatchedConnection.class java/lang/reflect/",
            "WatchedConnection.class java/lang/ClassLoader",
            "WatchedStatement.class java/lang/reflect/",
            "WatchedStatement.class java/lang/ClassLoader");
  }
}
