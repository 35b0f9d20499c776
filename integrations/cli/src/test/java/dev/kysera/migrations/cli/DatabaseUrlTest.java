package dev.kysera.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

  @Test
  void parse_takesJdbcAsItIs() {
    assertThat(DatabaseUrl.parse("jdbc:h2:./x;USER=a"))
        .contains(new DatabaseUrl("jdbc:h2:./x;USER=a", Optional.empty(), Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "postgres://localhost/app, jdbc:postgresql://localhost/app, , ",
    "postgresql://u@h:5433/app?sslmode=require, jdbc:postgresql://h:5433/app?sslmode=require, u, ",
    "postgres://u:p%40ss+1@h/app, jdbc:postgresql://h/app, u, p@ss+1",
    "mysql://u:p@h/app, jdbc:mysql://h/app, u, p",
    "mariadb://u:@h/app, jdbc:mariadb://h/app, u, ''",
    "jdbc:postgresql://u:p@h/app, jdbc:postgresql://h/app, u, p",
    "postgres://u:a/b@h/app, jdbc:postgresql://h/app, u, a/b",
    "postgres://u:p@h/app?options=a@b, jdbc:postgresql://h/app?options=a@b, u, p"
  })
  void parse_understandsWhatPlatformsWrite(String text, String jdbc, String user, String password) {
    assertThat(DatabaseUrl.parse(text))
        .contains(new DatabaseUrl(jdbc, Optional.ofNullable(user), Optional.ofNullable(password)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "h2:mem:x", "oracle://h/x", "localhost/app", "postgres:/x"})
  void parse_refusesTheRest(String text) {
    assertThat(DatabaseUrl.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://h/app?user=a&password=geheim&ssl=true,"
        + " jdbc:postgresql://h/app?user=a&password=***&ssl=true",
    "jdbc:h2:mem:x;USER=a;PASSWORD=geheim;X=1, jdbc:h2:mem:x;USER=a;PASSWORD=***;X=1",
    "jdbc:sqlserver://h;user=a;pwd=geheim, jdbc:sqlserver://h;user=a;pwd=***",
    "jdbc:oracle:thin:scott/geheim@h:1521/x, jdbc:oracle:thin:scott/***@h:1521/x",
    "postgres://u:geheim@h/app, postgres://u:***@h/app",
    "jdbc:mariadb://u:geheim@h/app, jdbc:mariadb://u:***@h/app",
    "jdbc:postgresql://h/d?sslpassword=geheim, jdbc:postgresql://h/d?sslpassword=***",
    "postgres://:geheim@localhost:1/d, postgres://:***@localhost:1/d",
    "'jdbc:mysql://(host=h,password=geheim)/d', 'jdbc:mysql://(host=h,password=***)/d'",
    "jdbc:postgresql://u:a/b@h/d, jdbc:postgresql://u:***@h/d",
    "u1:geheim@localhost, u1:***@localhost"
  })
  void aPassword_isFoundAndHidden(String url, String hidden) {
    assertThat(DatabaseUrl.holdsPassword(url)).isTrue();
    assertThat(DatabaseUrl.withoutPasswords("no way to " + url + " today"))
        .isEqualTo("no way to " + hidden + " today");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://localhost:5432/app?user=a",
        "jdbc:h2:./password",
        "jdbc:sqlite:passwords.db",
        "jdbc:oracle:thin:@h:1521/x",
        "jdbc:postgresql://localhost:5432/app?user=me@server",
        "jdbc:sqlserver://h:1433;user=me@server;database=x"
      })
  void anUrlWithoutPassword_isLeftAlone(String url) {
    assertThat(DatabaseUrl.holdsPassword(url)).isFalse();
    assertThat(DatabaseUrl.withoutPasswords(url)).isEqualTo(url);
  }

  @Test
  void aPercentSignThatEncodesNothing_isToldWithoutThePassword() {
    assertThatThrownBy(() -> DatabaseUrl.parse("postgres://u1:hunt%zzer@localhost/x"))
        .isExactlyInstanceOf(UsageException.class)
        .hasMessage(
            "User and password in a URL must be percent-encoded, and a percent sign itself is %25.");
  }

  @Test
  void theUserAmongTheParameters_isFound() {
    assertThat(
            DatabaseUrl.parse("jdbc:postgresql://h/d?ssl=1&user=a").orElseThrow().userParameter())
        .contains("a");
    assertThat(DatabaseUrl.parse("jdbc:h2:mem:x;USER=b").orElseThrow().userParameter())
        .contains("b");
    assertThat(DatabaseUrl.parse("jdbc:h2:mem:x").orElseThrow().userParameter()).isEmpty();
  }

  @Test
  void toString_hidesTheRest() {
    assertThat(DatabaseUrl.parse("postgres://u:geheim@h/app").orElseThrow())
        .hasToString("jdbc:postgresql:...");
  }
}
