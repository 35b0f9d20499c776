package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kysera.migrations.TestDatabase.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a start with nothing pending adds to the classes that a cold JVM loads. */
class StartCostTest {

  private static final int MOST_CLASSES = 60;

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_start_loads_few_classes_and_no_migration(Kind kind, @TempDir Path folder)
      throws Exception {
    assumeTrue(kind.opensInAnotherProcess(), kind + " stays open in this process");
    try (TestDatabase db = kind.openFile()) {
      db.runner(StartProgram.Start.registry()).up();

      List<String> start = fewestClassesOf(db, StartProgram.UP, folder);
      List<String> floor = fewestClassesOf(db, StartProgram.FLOOR, folder);

      assertThat(start).contains(MigrationRunner.class.getName());
      assertThat(start).doesNotContain(StartProgram.Nothing.class.getName());
      List<String> added = new ArrayList<>(start);
      added.removeAll(floor);
      assertThat(start.size() - floor.size())
          .as(() -> "added: " + added)
          .isBetween(1, MOST_CLASSES);
    }
  }

  /** What other threads of the JVM load differs a little, above all on a busy machine. */
  private static List<String> fewestClassesOf(TestDatabase db, String what, Path folder)
      throws Exception {
    List<String> first = classesOf(db, what, folder);
    List<String> second = classesOf(db, what, folder);
    return first.size() <= second.size() ? first : second;
  }

  private static List<String> classesOf(TestDatabase db, String what, Path folder)
      throws Exception {
    Path log = folder.resolve(what);
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xlog:class+load:file=" + log + ":none",
                    "-cp",
                    System.getProperty("java.class.path"),
                    StartProgram.class.getName(),
                    db.url(),
                    what))
            .inheritIO()
            .start();
    assertThat(process.waitFor()).as("exit status of " + what).isZero();
    List<String> classes = new ArrayList<>();
    for (String line : Files.readAllLines(log)) {
      // A hidden class has an address of its own in each JVM.
      classes.add(line.substring(0, line.indexOf(' ')).replaceFirst("[/+]0x.*", ""));
    }
    return classes;
  }
}
