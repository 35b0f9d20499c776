package dev.kysera.migrations.cli;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Where the database is, by arguments or by the environment, and with which credentials. */
final class ConnectionOptions implements Database {

  private static final String URL = "DATABASE_URL";
  private static final String USER = "DATABASE_USER";
  private static final String PASSWORD = "DATABASE_PASSWORD";

  /** The class of SQLState for a user or a password that is refused. */
  private static final String WRONG_CREDENTIALS = "28";

  /** What PostgreSQL's driver says when the server wants a password and there is none. */
  private static final String REJECTED = "08004";

  @Option(
      names = "--url",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description = "JDBC URL of the database, without a password. Default: " + URL + ".")
  private @Nullable String url;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = {
        "User of the database. Default: " + USER + ".",
        "The password comes from " + PASSWORD + ",",
        "or is asked for on a terminal if the database wants one."
      })
  private @Nullable String user;

  /** Only there to be refused with a reason. */
  @Option(
      names = "--password",
      hidden = true,
      arity = "0..1",
      fallbackValue = "",
      scope = ScopeType.INHERIT)
  private @Nullable String password;

  private final Surroundings surroundings;
  private final Redaction redaction;
  private @Nullable Jdbi jdbi;

  ConnectionOptions(Surroundings surroundings, Redaction redaction) {
    this.surroundings = surroundings;
    this.redaction = redaction;
  }

  @Override
  public Jdbi open() {
    if (jdbi == null) {
      jdbi = create();
    }
    return jdbi;
  }

  private Jdbi create() {
    if (password != null) {
      throw new UsageException(
          "The password is not taken from an argument, which every user of the machine can see. Set "
              + PASSWORD
              + ", or leave it out and be asked for it.");
    }
    DatabaseUrl address = address();
    try {
      DriverManager.getDriver(address.jdbc());
    } catch (SQLException e) {
      throw new UsageException(
          "No JDBC driver on the class path accepts this URL of "
              + address.protocol()
              + " Add the driver of that database to the application, or correct the URL.");
    }
    Properties properties = credentials(address);
    return Jdbi.create(() -> DriverManager.getConnection(address.jdbc(), properties));
  }

  private DatabaseUrl address() {
    if (url != null && DatabaseUrl.holdsPassword(url)) {
      throw new UsageException(
          "--url holds a password, which every user of the machine can see. Put the URL into "
              + URL
              + ", or take the password out and set "
              + PASSWORD
              + ".");
    }
    String text = url == null ? environment(URL).orElse("") : url;
    if (text.isBlank()) {
      throw new UsageException(
          "No database is named. Set "
              + URL
              + " to a JDBC URL, such as jdbc:postgresql://localhost/app, or pass --url.");
    }
    return DatabaseUrl.parse(text.strip())
        .orElseThrow(
            () ->
                new UsageException(
                    (url == null ? URL : "--url")
                        + " must be a JDBC URL, such as jdbc:postgresql://localhost/app, or begin"
                        + " with postgres://, mysql:// or mariadb://."));
  }

  private Properties credentials(DatabaseUrl address) {
    Optional<String> name = Optional.ofNullable(user).or(() -> environment(USER)).or(address::user);
    Properties properties = new Properties();
    name.ifPresent(value -> properties.setProperty("user", value));
    Optional<String> given =
        Optional.ofNullable(surroundings.environment().get(PASSWORD)).or(address::password);
    given
        .or(() -> askForPassword(name.or(address::userParameter), address, properties))
        .ifPresent(
            secret -> {
              redaction.hide(secret);
              properties.setProperty("password", secret);
            });
    return properties;
  }

  private Optional<String> askForPassword(
      Optional<String> name, DatabaseUrl address, Properties properties) {
    return name.isPresent()
            && surroundings.terminal().canAsk()
            && !DatabaseUrl.holdsPassword(address.jdbc())
            && wantsPassword(address, properties)
        ? new PasswordPrompt(surroundings).ask(name.get())
        : Optional.empty();
  }

  /** Many databases let their own machine in without one, so a first attempt finds out. */
  private static boolean wantsPassword(DatabaseUrl address, Properties properties) {
    try (Connection connection = DriverManager.getConnection(address.jdbc(), properties)) {
      return connection.isClosed();
    } catch (SQLException e) {
      String state = String.valueOf(e.getSQLState());
      return state.startsWith(WRONG_CREDENTIALS) || state.equals(REJECTED);
    }
  }

  private Optional<String> environment(String variable) {
    return Optional.ofNullable(surroundings.environment().get(variable))
        .filter(value -> !value.isEmpty());
  }
}
