package dev.kysera.migrations.cli;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
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
        "The password comes from " + PASSWORD + ", or is asked for on a terminal."
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
    Optional<String> secret =
        environment(PASSWORD).or(address::password).or(() -> askForPassword(name, address));
    secret.ifPresent(redaction::hide);
    Properties properties = new Properties();
    name.ifPresent(value -> properties.setProperty("user", value));
    secret.ifPresent(value -> properties.setProperty("password", value));
    return properties;
  }

  private Optional<String> askForPassword(Optional<String> name, DatabaseUrl address) {
    if (DatabaseUrl.holdsPassword(address.jdbc()) || address.protocol().equals("jdbc:sqlite:")) {
      return Optional.empty();
    }
    return name.or(address::userParameter)
        .flatMap(value -> new PasswordPrompt(surroundings).ask(value));
  }

  private Optional<String> environment(String variable) {
    Map<String, String> environment = surroundings.environment();
    return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isEmpty());
  }
}
