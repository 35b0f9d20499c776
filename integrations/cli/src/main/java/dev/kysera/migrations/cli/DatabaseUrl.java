package dev.kysera.migrations.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a database, as JDBC writes it or as hosting platforms do: {@code
 * postgres://user:password@host:port/database}.
 *
 * @param jdbc what a driver understands
 * @param user the user that the address names
 * @param password the password that the address holds
 */
record DatabaseUrl(String jdbc, Optional<String> user, Optional<String> password) {

  /** User and password in front of the host, which most drivers do not understand. */
  private static final Pattern PLATFORM =
      Pattern.compile(
          "(?:jdbc:)?(?<scheme>postgres|postgresql|mysql|mariadb)://"
              + "(?:(?<user>[^:@/?]*)(?::(?<password>[^?]*))?@)?(?<rest>[^@?]*(?:\\?.*)?)");

  private static final Pattern USER = Pattern.compile("(?i)[?&;]user=([^&;]*)");

  /** A parameter, or the way of Oracle, or the part in front of a host. */
  private static final Pattern PASSWORD =
      Pattern.compile(
          "(?i)([?&;:,(]\\w*(?:password|pwd)=)[^&;,)\\s\"]+"
              + "|(:thin:[^/@\\s]*/)[^@\\s]+"
              + "|((?://)?[^/:@\\s\"]*:(?!//))[^@\\s\":?;&]+(?=@[\\w\\[])");

  /**
   * Reads an address.
   *
   * @param text what somebody wrote
   * @return the address, empty if it is not one
   * @throws UsageException if a percent sign in it is none of an encoded character
   */
  static Optional<DatabaseUrl> parse(String text) {
    Matcher matcher = PLATFORM.matcher(text);
    if (!matcher.matches()) {
      return text.startsWith("jdbc:")
          ? Optional.of(new DatabaseUrl(text, Optional.empty(), Optional.empty()))
          : Optional.empty();
    }
    String scheme = matcher.group("scheme");
    return Optional.of(
        new DatabaseUrl(
            "jdbc:"
                + (scheme.equals("postgres") ? "postgresql" : scheme)
                + "://"
                + matcher.group("rest"),
            Optional.ofNullable(matcher.group("user")).map(DatabaseUrl::decoded),
            Optional.ofNullable(matcher.group("password")).map(DatabaseUrl::decoded)));
  }

  /** Whether a text shows a password to everybody who lists processes. */
  static boolean holdsPassword(String text) {
    return PASSWORD.matcher(text).find();
  }

  /** Returns a text without the passwords of the addresses in it. */
  static String withoutPasswords(String text) {
    return PASSWORD
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    firstOf(found.group(1), found.group(2), found.group(3)) + "***"));
  }

  /** The user among the parameters of the address, whom the driver finds there. */
  Optional<String> userParameter() {
    return USER.matcher(jdbc).results().map(found -> found.group(1)).findFirst();
  }

  /** The part that chooses the driver, such as {@code jdbc:postgresql:}. */
  String protocol() {
    int end = jdbc.indexOf(':', "jdbc:".length());
    return end < 0 ? "jdbc:" : jdbc.substring(0, end + 1);
  }

  private static String firstOf(String... candidates) {
    for (String candidate : candidates) {
      if (candidate != null) {
        return candidate;
      }
    }
    return "";
  }

  /** A plus is a plus here, unlike in a form. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "User and password in a URL must be percent-encoded, and a percent sign itself is %25.");
    }
  }

  /** The address may hold a password, so it is not shown. */
  @Override
  public String toString() {
    return protocol() + "...";
  }
}
