package dev.kysera.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kysera.migrations.cli.Session.Output;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which database is used, with which credentials, and that no password is ever shown. */
class ConnectionTest {

  private final Session session = new Session(VerbsTest.THREE);

  @AfterEach
  void end() {
    session.close();
  }

  private Output refused(Map<String, String> environment, String... arguments) {
    Output output = session.environment(environment).call(arguments);
    assertThat(output.status()).isEqualTo(2);
    assertThat(output.out()).isEmpty();
    return output;
  }

  @Test
  void anArgument_comesBeforeTheEnvironment() {
    Output output =
        session
            .environment(Map.of("DATABASE_URL", "jdbc:nothing:x"))
            .call("up", "--url", session.url());

    assertThat(output.status()).isZero();
    assertThat(session.call("--url=" + session.url(), "check").status()).isZero();
  }

  @Test
  void noUrl_isWrongUsage() {
    assertThat(refused(Map.of(), "up").err())
        .isEqualTo(
            "No database is named. Set DATABASE_URL to a JDBC URL, such as"
                + " jdbc:postgresql://localhost/app, or pass --url.\n");
    assertThat(refused(Map.of("DATABASE_URL", ""), "up").err()).startsWith("No database is named.");
  }

  @Test
  void anUrlThatIsNone_isWrongUsage() {
    assertThat(refused(Map.of("DATABASE_URL", "localhost:secret"), "up").err())
        .isEqualTo(
            "DATABASE_URL must be a JDBC URL, such as jdbc:postgresql://localhost/app, or begin"
                + " with postgres://, mysql:// or mariadb://.\n");
    assertThat(refused(Map.of(), "up", "--url", "x").err()).startsWith("--url must be a JDBC URL");
  }

  @Test
  void aDriverThatIsMissing_isNamedWithoutTheUrl() {
    assertThat(refused(Map.of("DATABASE_URL", "postgres://u:geheim@h/app"), "up").err())
        .isEqualTo(
            "No JDBC driver on the class path accepts this URL of jdbc:postgresql: Add the driver of"
                + " that database to the application, or correct the URL.\n");
  }

  @Test
  void aPasswordInAnArgument_isRefused() {
    assertThat(refused(Map.of(), "up", "--url", session.url() + ";PASSWORD=geheim").err())
        .isEqualTo(
            "--url holds a password, which every user of the machine can see. Put the URL into"
                + " DATABASE_URL, or take the password out and set DATABASE_PASSWORD.\n");
    assertThat(refused(Map.of(), "up", "--url", session.url(), "--password", "geheim").err())
        .isEqualTo(
            "The password is not taken from an argument, which every user of the machine can see."
                + " Set DATABASE_PASSWORD, or leave it out and be asked for it.\n");
    assertThat(refused(Map.of(), "up", "--password=geheim").err()).doesNotContain("geheim");
  }

  @Test
  void aMistypedOption_isNamedWithoutItsValue() {
    assertThat(refused(Map.of(), "up", "--passwd=geheim").err())
        .isEqualTo("Unknown option: \"--passwd\"\nTry: up --help\n");
    assertThat(refused(Map.of(), "up", "-p", "geheim").err())
        .isEqualTo("Unknown option: \"-p\"\nTry: up --help\n");
  }

  @Test
  void aPasswordThatTheApplicationRepeats_isHidden() {
    try (Session loose =
        new Session(
            (jdbi, options) -> {
              throw new IllegalStateException("jdbc:x://u:geheim@h/d?password=geheim, geheim");
            })) {
      Output output =
          loose
              .environment(Map.of("DATABASE_URL", "jdbc:h2:mem:x", "DATABASE_PASSWORD", "geheim"))
              .call("status", "--json");

      assertThat(output.status()).isEqualTo(1);
      assertThat(output.out() + output.err()).doesNotContain("geheim").contains("password=***");
    }
  }

  @Test
  void credentials_comeFromTheEnvironment() {
    session.handle().execute("create user app password 'geheim' admin");

    Output right =
        session
            .environment(
                Map.of(
                    "DATABASE_URL", session.url(),
                    "DATABASE_USER", "app",
                    "DATABASE_PASSWORD", "geheim"))
            .call("up");
    Output wrong =
        session
            .environment(Map.of("DATABASE_URL", session.url(), "DATABASE_PASSWORD", "falsch"))
            .call("status", "--user", "app");
    Output none =
        session.environment(Map.of("DATABASE_URL", session.url())).call("status", "--user", "app");

    assertThat(right.status()).isZero();
    assertThat(wrong)
        .isEqualTo(
            new Output(
                1,
                "",
                "No connection to the database: Wrong user name or password [28000-252] (SQLState"
                    + " 28000)\n"));
    assertThat(none.status()).isEqualTo(1);
  }

  @Test
  void verbsWithoutADatabase_needNone() {
    assertThat(session.environment(Map.of()).call("completion", "app").status()).isZero();
    assertThat(session.environment(Map.of()).call("--help").status()).isZero();
  }
}
