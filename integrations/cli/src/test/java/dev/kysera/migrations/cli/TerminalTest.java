package dev.kysera.migrations.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.pty4j.PtyProcess;
import com.pty4j.PtyProcessBuilder;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions of real processes at real terminals, and without one. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TerminalTest {

  private static final String ESCAPE = "\u001b";
  private static final String ERASE = "\r\u001b[K";
  private static final String ERASE_PATTERN = Pattern.quote(ERASE);
  private static final String NO_WRAPPING = ESCAPE + "[?7l";
  private static final String WRAPPING = ESCAPE + "[?7h";

  @TempDir private Path folder;

  private Map<String, String> environment(String... variables) {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", System.getenv("PATH"));
    environment.put("TERM", "xterm-256color");
    environment.put("DATABASE_URL", url());
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    return environment;
  }

  private String url() {
    return "jdbc:h2:" + folder.resolve("app");
  }

  private static List<String> command(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** A person at a terminal. */
  private static final class Person implements AutoCloseable {

    private final PtyProcess process;
    private final InputStream screen;
    private final StringBuilder seen = new StringBuilder();
    private int looked;

    Person(int columns, Map<String, String> environment, String... arguments) throws IOException {
      this(columns, environment, command(arguments));
    }

    Person(int columns, Map<String, String> environment, List<String> command) throws IOException {
      process =
          new PtyProcessBuilder(command.toArray(String[]::new))
              .setEnvironment(environment)
              .setInitialColumns(columns)
              .setInitialRows(24)
              .setRedirectErrorStream(true)
              .start();
      screen = process.getInputStream();
    }

    /** Looks at the screen until it shows a text behind the one that was waited for last. */
    Person waitFor(String text) throws IOException {
      while (seen.indexOf(text, looked) < 0) {
        if (!read()) {
          throw new AssertionError("The screen never shows \"" + text + "\" but: " + seen);
        }
      }
      looked = seen.indexOf(text, looked) + text.length();
      return this;
    }

    Person type(String line) throws IOException {
      process.getOutputStream().write((line + "\n").getBytes(UTF_8));
      process.getOutputStream().flush();
      return this;
    }

    int end() throws Exception {
      while (read()) {
        continue;
      }
      return process.waitFor();
    }

    private boolean read() throws IOException {
      byte[] bytes = new byte[4096];
      int count;
      try {
        count = screen.read(bytes);
      } catch (IOException e) {
        return false; // Linux says so when the last process at a terminal has gone
      }
      if (count > 0) {
        pending.write(bytes, 0, count);
        String text = pending.toString(UTF_8);
        if (!text.endsWith("\ufffd")) {
          seen.append(text);
          pending.reset();
        }
      }
      return count >= 0;
    }

    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

    /** The screen as bytes came, with times and line ends made equal. */
    String screen() {
      return Session.withoutTimes(seen.toString().replace("\r\n", "\n"));
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  private String[] migrateOnATerminal(int columns, Map<String, String> environment)
      throws Exception {
    try (Person person = new Person(columns, environment, "up")) {
      // What a person types is echoed where the cursor is, so nothing else may be written then.
      person.waitFor("Estimated: 90.0s");
      if (!"dumb".equals(environment.get("TERM"))) {
        person.waitFor("1m30s");
      }
      int status = person.type("").end();
      return new String[] {String.valueOf(status), person.screen()};
    }
  }

  @Test
  void aTerminal_hasColoursAndProgress() throws Exception {
    String[] session = migrateOnATerminal(80, environment());

    String progress =
        ERASE_PATTERN
            + Pattern.quote(NO_WRAPPING)
            + "00\\w+  \\d+s( of ~1m30s)?"
            + Pattern.quote(WRAPPING);
    assertThat(session[0]).isEqualTo("0");
    assertThat(session[1]).containsPattern("002_waits_for_a_line  \\d+s of ~1m30s");
    assertThat(session[1].replaceAll("(" + progress + ")+\n?" + ERASE_PATTERN, ""))
        .isEqualTo(
            """
            E[36m↑ Running 001_quick...E[0m
            E[32m✓ 001_quick completed (0 ms)E[0m
            E[36m↑ Running 002_waits_for_a_line...E[0m
              Description: Nothing but waiting
              Estimated: 90.0s
            E[32m✓ 002_waits_for_a_line completed (0 ms)E[0m
            E[32m✅ All migrations completed successfully (2 completed)E[0m
            """
                .replace("E", ESCAPE)
                .replace(ESCAPE + "stimated", "Estimated"));
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 30, 24})
  void aNarrowTerminal_isNeverOverrunByProgress(int columns) throws Exception {
    String[] session = migrateOnATerminal(columns, environment());

    assertThat(session[0]).isEqualTo("0");
    List<String> progress =
        Pattern.compile(
                Pattern.quote(NO_WRAPPING) + "([^\r\n" + ESCAPE + "]+ of [^\r\n" + ESCAPE + "]+)")
            .matcher(session[1])
            .results()
            .map((MatchResult found) -> found.group(1))
            .toList();
    assertThat(progress).isNotEmpty().allSatisfy(line -> assertThat(line).hasSizeLessThan(columns));
  }

  @Test
  void noColor_leavesTheProgress() throws Exception {
    String[] session = migrateOnATerminal(80, environment("NO_COLOR", "1"));

    assertThat(session[0]).isEqualTo("0");
    assertThat(session[1])
        .contains(ERASE)
        .doesNotContain(ESCAPE + "[3")
        .doesNotContain(ESCAPE + "[0m");
  }

  @Test
  void aDumbTerminal_getsPlainLines() throws Exception {
    String[] session = migrateOnATerminal(80, environment("TERM", "dumb"));

    assertThat(session[0]).isEqualTo("0");
    assertThat(session[1])
        .doesNotContain(ESCAPE)
        .endsWith(
            """
            ✓ 002_waits_for_a_line completed (0 ms)
            ✅ All migrations completed successfully (2 completed)
            """);
  }

  @Test
  void aPipe_getsPlainLines_whateverTheLocale() throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command("up", "--json"));
    builder.environment().clear();
    builder.environment().putAll(environment("LC_ALL", "C"));
    builder.redirectError(folder.resolve("err").toFile());
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(out).startsWith("{\"format\":1,\"verb\":\"up\"").hasLineCount(1);
    assertThat(Session.withoutTimes(Files.readString(folder.resolve("err"))))
        .isEqualTo(
            """
            ↑ Running 001_quick...
            ✓ 001_quick completed (0 ms)
            ↑ Running 002_waits_for_a_line...
              Description: Nothing but waiting
              Estimated: 90.0s
            ✓ 002_waits_for_a_line completed (0 ms)
            ✅ All migrations completed successfully (2 completed)
            """);
  }

  @Test
  void severalMigrations_areUndoneOnlyOnAYes() throws Exception {
    migrateOnATerminal(80, environment());
    Map<String, String> plain = environment("TERM", "dumb");
    String question =
        """
        ⚠️ This rolls back 2 migrations:
          002_waits_for_a_line
          001_quick
        Go on? [y/N]\s""";

    try (Person person = new Person(80, plain, "reset")) {
      int status = person.waitFor("[y/N]").type("no").end();
      assertThat(status).isEqualTo(1);
      assertThat(person.screen())
          .isEqualTo(question + "no\nNothing was changed: the answer was not yes.\n");
    }
    try (Person person = new Person(80, plain, "down", "2")) {
      int status = person.waitFor("[y/N]").type("Yes").end();
      assertThat(status).isZero();
      assertThat(person.screen())
          .startsWith(question + "Yes\n")
          .endsWith("✅ Rollback completed successfully (2 rolled back)\n");
    }
  }

  @Test
  void aYes_doesNotCoverWhatAnotherRunDidMeanwhile() throws Exception {
    try (Person person = new Person(80, environment("TERM", "dumb"), "up", "--to", "001_quick")) {
      assertThat(person.end()).isZero();
    }
    try (Person person = new Person(80, environment("TERM", "dumb"), "reset")) {
      person.waitFor("[y/N]");
      Jdbi.create(url())
          .useHandle(
              h -> h.execute("insert into migrations (name) values ('002_waits_for_a_line')"));
      int status = person.type("y").end();

      assertThat(status).isEqualTo(1);
      assertThat(person.screen())
          .contains(
              "another run has changed the history since you were asked, and this would roll back"
                  + " 002_waits_for_a_line too");
    }
    int executed =
        Jdbi.create(url())
            .withHandle(
                h -> h.createQuery("select count(*) from migrations").mapTo(Integer.class).one());
    assertThat(executed).isEqualTo(2);
  }

  @Test
  void aPassword_isAskedForAndNotShown() throws Exception {
    Jdbi.create(url()).useHandle(h -> h.execute("create user app password 'geheim' admin"));

    try (Person person = new Person(80, environment("TERM", "dumb"), "check", "--user", "app")) {
      int status = person.waitFor("Password of app: ").type("geheim").end();

      assertThat(status).isEqualTo(3);
      assertThat(person.screen())
          .doesNotContain("geheim")
          .contains("- \"001_quick\" is pending.")
          .containsOnlyOnce("Password");
    }
  }

  @Test
  void aPassword_thatTheDatabaseDoesNotWant_isNotAskedFor() throws Exception {
    try (Person person = new Person(80, environment("TERM", "dumb"), "plan", "--user", "anybody")) {
      assertThat(person.end()).isZero();
      assertThat(person.screen()).doesNotContain("Password").startsWith("001_quick\n");
    }
    Jdbi.create(url(), "anybody", "").useHandle(h -> h.execute("create user app password 'x'"));
    try (Person person =
        new Person(
            80, environment("TERM", "dumb", "DATABASE_PASSWORD", ""), "plan", "--user", "app")) {
      assertThat(person.end()).isEqualTo(1);
      assertThat(person.screen()).doesNotContain("Password").contains("(SQLState 28000)");
    }
  }

  @Test
  void aPassword_isAskedForThoughOutputGoesToAFile() throws Exception {
    Jdbi.create(url()).useHandle(h -> h.execute("create user app password 'geheim' admin"));
    String call = String.join("' '", command("status", "--json", "--user", "app"));
    Path file = folder.resolve("out.json");

    try (Person person =
        new Person(
            80,
            environment("TERM", "dumb"),
            List.of("sh", "-c", "'" + call + "' > " + file + "; stty -a"))) {
      int status = person.waitFor("Password of app: ").type("geheim").end();

      assertThat(status).isZero();
      assertThat(person.screen()).doesNotContain("geheim").contains(" echo ");
      assertThat(file).content().startsWith("{\"format\":1,\"verb\":\"status\",\"exitCode\":0");
    }
  }

  @Test
  void whatTheApplicationPrints_leavesTheDataAlone() throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command("up", "--json"));
    builder.environment().clear();
    builder.environment().putAll(environment("PRINTS", "yes"));
    builder.redirectError(folder.resolve("err").toFile());
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(out).startsWith("{\"format\":1").hasLineCount(1);
    assertThat(folder.resolve("err")).content().contains("\nThe application prints.\n");
  }

  @Test
  void standardOutputThatTakesNothing_isAFailure() throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command("plan"));
    builder.environment().clear();
    builder.environment().putAll(environment());
    builder.redirectOutput(new File("/dev/full"));
    Process process = builder.start();
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(err).isEqualTo("✗ Standard output could not be written in full.\n");
  }

  @Test
  void aSignal_isAnsweredByWhatWasGoingOn() throws Exception {
    try (Person person = new Person(80, environment("NO_COLOR", "1"), "up")) {
      person.waitFor("Estimated: 90.0s").waitFor("1m30s");
      ProcessHandle.of(person.process.pid()).orElseThrow().destroy();
      int status = person.end();

      assertThat(status).isEqualTo(143);
      assertThat(person.screen())
          .endsWith(
              "✗ The process was told to end while 002_waits_for_a_line was running. What is"
                  + " completed is recorded; call diagnose to see what became of that one.\n");
    }
  }

  @Test
  void aWaitForAnotherRun_isShownAndToldAsOne() throws Exception {
    Map<String, String> shared =
        environment("NO_COLOR", "1", "DATABASE_URL", url() + ";AUTO_SERVER=TRUE");
    try (Person first = new Person(80, shared, "up")) {
      first.waitFor("Estimated: 90.0s");
      try (Person second = new Person(80, shared, "up")) {
        second.waitFor("waits for another run, ");
        ProcessHandle.of(second.process.pid()).orElseThrow().destroy();

        assertThat(second.end()).isEqualTo(143);
        assertThat(second.screen())
            .contains("⏳ Waiting for another run (")
            .endsWith(
                "✗ The process was told to end while it waited for another run. Nothing was begun that"
                    + " is not completed and recorded.\n");
      }
      assertThat(first.type("").end()).isZero();
    }
  }
}
