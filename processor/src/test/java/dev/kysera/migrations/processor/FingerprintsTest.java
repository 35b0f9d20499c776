package dev.kysera.migrations.processor;

import static dev.kysera.migrations.processor.Compilations.compile;
import static dev.kysera.migrations.processor.Compilations.errors;
import static dev.kysera.migrations.processor.Compilations.generated;
import static dev.kysera.migrations.processor.Compilations.source;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as an edit of a migration, as the compiler sees it. */
class FingerprintsTest {

  private static final String A =
      """
      package app;

      import static app.Tables.PREFIX;

      import dev.kysera.migrations.JdbiMigration;
      import dev.kysera.migrations.annotation.Migration;
      import org.jdbi.v3.core.Handle;

      @Migration("001_a")
      final class A extends Base implements JdbiMigration {
        private static final int LIMIT = 10;

        @Override
        public void up(Handle handle) {
          String sql = "create table " + PREFIX + Tables.USERS + app.other.More.NAME;
          handle.execute(sql + INHERITED + " /* no comment */");
          handle.execute(
              \"""
              insert into t
                values (1)
              \""");
          if (LIMIT > 3 && handle.getConnection() != null) {
            handle.execute("drop table x" + LIMIT);
          }
        }

        @Override
        public void down(Handle handle) {
          handle.execute("drop table " + Tables.DROPPED);
        }
      }
      """;

  private static final String TABLES =
      """
      package app;

      final class Tables {
        static final String PREFIX = "p_";
        static final String USERS = "users" + 1;
        static final String DROPPED = "users";
        static final String UNUSED = "unused";
        static final Object NO_CONSTANT = new Object();
      }
      """;

  private static final String BASE =
      """
      package app;

      class Base {
        static final String INHERITED = "i";
      }
      """;

  private static final String MORE =
      """
      package app.other;

      public final class More {
        public static final long NAME = 1;
      }
      """;

  /** The two fingerprints of the only migration. */
  private record Pair(String up, String down) {}

  private static Pair fingerprints(String a, String tables, String base, String more) {
    List<JavaFileObject> sources = new ArrayList<>();
    sources.add(source("app.A", a));
    sources.add(source("app.Tables", tables));
    sources.add(source("app.Base", base));
    sources.add(source("app.other.More", more));
    Compilation compilation = compile(List.of(), sources);
    assertThat(errors(compilation)).isEmpty();
    String line =
        generated(compilation, "app.Migrations")
            .lines()
            .filter(text -> text.strip().matches("00\\d_.* 1:.*"))
            .findFirst()
            .orElseThrow();
    String[] columns = line.strip().split(" ");
    assertThat(columns[1]).matches("1:[0-9a-f]{64}");
    return new Pair(columns[1], columns[2]);
  }

  private static Pair ofMigration(String a) {
    return fingerprints(a, TABLES, BASE, MORE);
  }

  private static final Pair ORIGINAL = ofMigration(A);

  private static String edit(String source, String from, String to) {
    assertThat(source).contains(from);
    return source.replace(from, to.replace("\\n", "\n").replace("\\\"", "\""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          package app;|// licence\\npackage app;
          final class A|/** Javadoc. */ final class A
          LIMIT = 10;|LIMIT = 10; // ten
          handle.execute(sql|handle  .  execute  (  sql
          private static final int|static private final int
          import dev.kysera|import java.util.*; import dev.kysera
          "001_a"|"002_a"
          @Migration("001_a")|@dev.kysera.migrations.annotation.Migration(value = "001_a")
          @Migration("001_a")|@Migration(formerly = {"000_b", "000_c"}, value = "001_a")
          "drop table x"|"drop " + "table x"
          "drop table x"|"drop\\u0020table x"
          """)
  void fingerprint_whatAFormatterDoes_isNoEdit(String from, String to) {
    assertThat(ofMigration(edit(A, from, to))).isEqualTo(ORIGINAL);
  }

  @Test
  void fingerprint_otherLineEndsAndIndentation_isNoEdit() {
    assertThat(ofMigration(A.replace("\n", "\r\n"))).isEqualTo(ORIGINAL);
    assertThat(ofMigration(A.replace("\n", "\n    "))).isEqualTo(ORIGINAL);
    assertThat(ofMigration(A.replaceAll("(?m)^ +(?=insert|values|\"\"\")", "$0    ")))
        .isEqualTo(ORIGINAL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          no comment|no  comment
          values (1)|values (2)
             values|    values
          values (1)|values (1)\\\\s
          > 3|>= 3
          &&|&
          != null|== null
          sql|text
          LIMIT = 10|LIMIT = 0_12
          LIMIT = 10|LIMIT = 0xA
          "drop table x" + LIMIT|"drop table x".concat("" + LIMIT)
          @Migration("001_a")|@Migration(value = "001_a", description = "d")
          @Migration("001_a")|@Migration(value = "001_a", transactional = false)
          PREFIX + Tables.USERS|Tables.USERS + PREFIX
          """)
  void fingerprint_editOfTheClass_isAnEditOfUpAlone(String from, String to) {
    Pair edited = ofMigration(edit(A, from, to));

    assertThat(edited.up()).isNotEqualTo(ORIGINAL.up());
    assertThat(edited.down()).isEqualTo(ORIGINAL.down());
  }

  @Test
  void fingerprint_editOfDown_isAnEditOfDownAlone() {
    Pair edited = ofMigration(edit(A, "\"drop table \"", "\"drop table if exists \""));

    assertThat(edited.up()).isEqualTo(ORIGINAL.up());
    assertThat(edited.down()).isNotEqualTo(ORIGINAL.down());
  }

  @Test
  void fingerprint_valueOfAConstantOfAnotherClass_counts() {
    assertThat(fingerprints(A, edit(TABLES, "\"p_\"", "\"q_\""), BASE, MORE).up())
        .isNotEqualTo(ORIGINAL.up());
    assertThat(fingerprints(A, edit(TABLES, "+ 1", "+ 2"), BASE, MORE).up())
        .isNotEqualTo(ORIGINAL.up());
    assertThat(fingerprints(A, TABLES, edit(BASE, "\"i\"", "\"j\""), MORE).up())
        .isNotEqualTo(ORIGINAL.up());
    assertThat(fingerprints(A, TABLES, BASE, edit(MORE, "= 1", "= 2")).up())
        .isNotEqualTo(ORIGINAL.up());
    Pair downOnly =
        fingerprints(A, edit(TABLES, "DROPPED = \"users\"", "DROPPED = \"other\""), BASE, MORE);
    assertThat(downOnly.up()).isEqualTo(ORIGINAL.up());
    assertThat(downOnly.down()).isNotEqualTo(ORIGINAL.down());
  }

  @Test
  void fingerprint_restOfAnotherClass_doesNotCount() {
    String tables =
        edit(
            edit(TABLES, "\"unused\"", "\"changed\""),
            "\"users\" + 1",
            "(\"use\" + \"rs\") + (2 - 1)");

    assertThat(fingerprints(A, tables, BASE, MORE)).isEqualTo(ORIGINAL);
  }
}
