package dev.kysera.migrations.processor;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.lang.Runtime.Version;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The other tests once more, on the newest JDK that is installed beside the one of this build. */
class NewerJdkTest {

  private static final Version OLDEST_WANTED = Version.parse("21");
  private static final long MINUTES = 10;

  private record Jdk(Path home, Version version) {}

  @TempDir Path directory;

  @Test
  void otherTests_onANewerJdk_passToo() throws Exception {
    assumeTrue(
        System.getProperty(TestRun.CHILD) == null, "this is the newer JDK: it needs no other");
    Path home = Path.of(System.getProperty("java.home")).toRealPath();
    Optional<Jdk> newest = newestBeside(home);
    assumeTrue(
        newest.isPresent(),
        () ->
            "no JDK of version %s or newer, other than this one, is installed beside %s"
                .formatted(OLDEST_WANTED, home));

    String output = run(newest.orElseThrow());

    assertThat(output).contains(TestRun.VERSION + newest.get().version().feature());
    assertThat(countOf(TestRun.FOUND, output)).as(output).isPositive();
    assertThat(countOf(TestRun.SUCCEEDED, output)).as(output).isPositive();
    assertThat(countOf(TestRun.FAILED, output)).as(output).isZero();
  }

  /** The output goes to a file, so that the child never waits for a reader. */
  private String run(Jdk jdk) throws IOException, InterruptedException {
    Path output = directory.resolve("output.txt");
    Process child =
        new ProcessBuilder(command(jdk))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      child.getOutputStream().close();
      assertThat(child.waitFor(MINUTES, TimeUnit.MINUTES))
          .as("the tests on %s end within %d minutes", jdk, MINUTES)
          .isTrue();
    } finally {
      child.destroyForcibly();
    }
    return Files.readString(output, Charset.defaultCharset());
  }

  private static List<String> command(Jdk jdk) {
    List<String> command = new ArrayList<>();
    command.add(jdk.home().resolve("bin").resolve("java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-exports"))
        .forEach(command::add);
    command.add("-D" + TestRun.CHILD + "=true");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(TestRun.class.getName());
    return command;
  }

  private static Optional<Jdk> newestBeside(Path home) throws IOException {
    try (Stream<Path> siblings = Files.list(home.getParent())) {
      return siblings
          .map(Path::toAbsolutePath)
          .sorted()
          .flatMap(path -> jdkAt(path).stream())
          .filter(jdk -> jdk.version().compareTo(OLDEST_WANTED) >= 0)
          .filter(jdk -> jdk.version().feature() > Runtime.version().feature())
          .max(comparing(Jdk::version));
    }
  }

  private static Optional<Jdk> jdkAt(Path home) {
    Path release = home.resolve("release");
    boolean hasCompiler =
        Files.isExecutable(home.resolve("bin/javac"))
            || Files.isExecutable(home.resolve("bin" + File.separator + "javac.exe"));
    if (!hasCompiler || !Files.isRegularFile(release)) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(release)) {
      properties.load(reader);
      String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
      return Optional.of(new Jdk(home, Version.parse(version)));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static long countOf(String label, String output) {
    return output
        .lines()
        .filter(line -> line.startsWith(label))
        .mapToLong(line -> Long.parseLong(line.substring(label.length())))
        .findFirst()
        .orElse(-1);
  }
}
