package dev.kysera.migrations.annotation.internal;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kysera.migrations.annotation.internal.NameRules.NamedMigration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameRulesTest {

  @Test
  void check_validNames_findsNothing() {
    assertThat(check("003_c", "001_a", "002_b")).isEmpty();
  }

  @Test
  void check_noNames_findsNothing() {
    assertThat(check()).isEmpty();
  }

  @Test
  void check_timestampsAfterASequence_findsNothing() {
    assertThat(check("001_a", "999_b", "20260131_c", "20260201_d")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1-CreateUsers, 001_create_users",
    "create_users, 001_create_users",
    "CreateUsers2, 002_create_users",
    "V1__create_users, 001_create_users",
    "001_, 001_create_users",
    "001 create users, 001_create_users",
    "001_café, 001_caf",
    "'', 001_create_users"
  })
  void check_malformedName_isToldAValidOne(String name, String suggestion) {
    assertThat(check(name))
        .containsExactly(
            entry(
                0,
                "[Name] @Migration name must be a number of 1 to 18 digits, an underscore, a letter"
                    + " or digit, and then letters, digits, \"_\" or \"-\"; found \""
                    + name
                    + "\". Write it like \""
                    + suggestion
                    + "\"."));
  }

  @Test
  void check_malformedNames_areToldFreeNumbersOfTheSameWidth() {
    assertThat(check("0001_a", "0002_b", "AddX", "2_b!", "AddY", "7 seas").values())
        .extracting(message -> message.substring(message.lastIndexOf("Write it like ")))
        .containsExactly(
            "Write it like \"0003_add_x\".",
            "Write it like \"0004_b\".",
            "Write it like \"0005_add_y\".",
            "Write it like \"0007_seas\".");
  }

  @Test
  void check_malformedNameBehindAUsedUpSequence_isToldATimestamp() {
    assertThat(check("999_a", "AddX").get(1)).endsWith("Write it like \"20260131093000_add_x\".");
  }

  @Test
  void check_anyMalformedName_isToldAValidOne() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      String name = randomText(random);
      String message = check(name).getOrDefault(0, "");
      if (message.contains("Write it like")) {
        String suggestion = message.substring(message.lastIndexOf("like \"") + 6);
        assertThat(MigrationName.parse(suggestion.substring(0, suggestion.length() - 2)))
            .as(name)
            .isPresent();
      }
    }
  }

  @Test
  void check_tooLongName_isToldItsLength() {
    String name = "001_" + "a".repeat(252);

    assertThat(check(name))
        .containsExactly(
            entry(
                0,
                "[Name] @Migration name must have at most 255 characters; found 256 in \""
                    + name.substring(0, 80)
                    + "...\". Shorten it."));
  }

  @Test
  void check_sameName_isReportedOnEveryBearer() {
    String message =
        "[DuplicateName] @Migration name must be unique, upper and lower case being the same;"
            + " found \"001_a\" on B0 and B2. Give the newer one the next free number, like \"003_a\".";

    assertThat(check("001_a", "002_b", "001_a"))
        .containsExactly(entry(0, message), entry(2, message));
  }

  @Test
  void check_sameNameInAnotherCase_isReportedWithBothSpellings() {
    assertThat(check("001_a", "001_A"))
        .containsEntry(
            0,
            "[DuplicateName] @Migration name must be unique, upper and lower case being the same;"
                + " found \"001_a\" (B0) and \"001_A\" (B1)."
                + " Give the newer one the next free number, like \"002_a\".");
  }

  @Test
  void check_sameNumber_isReportedOnEveryBearer() {
    String message =
        "[DuplicateNumber] @Migration number must be unique, since it decides the order;"
            + " found 1 in \"001_a\" (B0) and \"1_b\" (B1)."
            + " Give the newer one the next free number, like \"002_%s\".";

    assertThat(check("001_a", "1_b"))
        .containsExactly(entry(0, message.formatted("a")), entry(1, message.formatted("b")));
  }

  @Test
  void check_numberOfADoubledName_isStillTaken() {
    Map<Integer, String> problems = check("001_a", "001_a", "001_b");

    assertThat(problems).containsOnlyKeys(0, 1, 2);
    assertThat(problems.get(0)).startsWith("[DuplicateName]");
    assertThat(problems.get(2)).startsWith("[DuplicateNumber]");
  }

  @Test
  void check_differentWidths_areToldBothNames() {
    String message =
        "[Width] @Migration names must sort the same as text and by number; found \"9_a\" (B0),"
            + " which as text comes after \"010_b\" (B1)."
            + " Write both numbers with 3 digits, like \"009_a\" and \"010_b\".";

    assertThat(check("9_a", "010_b")).containsExactly(entry(0, message), entry(1, message));
  }

  @Test
  void check_sequenceThatIsUsedUp_isOfferedATimestamp() {
    assertThat(check("998_a", "999_b", "1000_c"))
        .containsOnlyKeys(1, 2)
        .containsEntry(
            2,
            "[Width] @Migration names must sort the same as text and by number; found \"999_b\""
                + " (B1), which as text comes after \"1000_c\" (B2). The numbers of 3 digits are"
                + " used up: continue with a timestamp, like \"20260131093000_c\", or pad the"
                + " earlier numbers if none was executed yet.");
  }

  @Test
  void check_timestampsOfDifferentWidths_areReported() {
    assertThat(check("20260131_a", "202601310930_b")).containsOnlyKeys(0, 1);
  }

  @Test
  void check_anyOrder_findsTheSame() {
    assertThat(check("9_a", "010_b", "x").values())
        .containsExactlyInAnyOrderElementsOf(
            NameRules.check(
                    List.of(
                        new NamedMigration("x", "B2"),
                        new NamedMigration("010_b", "B1"),
                        new NamedMigration("9_a", "B0")))
                .values());
  }

  @Test
  void check_namesWithoutProblem_sortTheSameAsTextAndByNumberUpToTheTimestamps() {
    Random random = new Random(2);
    for (int i = 0; i < 5_000; i++) {
      List<MigrationName> names = new ArrayList<>();
      for (int n = 0; n < 4; n++) {
        String digits = String.valueOf(random.nextInt(30));
        names.add(MigrationName.parse("0".repeat(random.nextInt(2)) + digits + "_a").orElseThrow());
      }
      List<String> byNumber = names.stream().sorted().map(MigrationName::text).toList();
      String[] texts = byNumber.toArray(String[]::new);
      if (check(texts).isEmpty()) {
        assertThat(byNumber).isSorted().doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void checkShared_numberOfAnotherModule_isToldOneThatIsFreeInAll() {
    String message =
        "[SharedNumber] @Migration number must be unique among the modules that share a history;"
            + " found %s. Give the newer one the next free number, like \"%s\".";

    assertThat(
            NameRules.checkShared(
                List.of(
                    new NamedMigration("002_b", "B0"),
                    new NamedMigration("1-x", "B1"),
                    new NamedMigration("003_c", "B2"),
                    new NamedMigration("001_a", "B3")),
                List.of(
                    new NamedMigration("002_B", "C0"),
                    new NamedMigration("004_d", "C1"),
                    new NamedMigration("1_e", "C2"),
                    new NamedMigration("x", "C3"))))
        .containsExactly(
            entry(0, message.formatted("2 in \"002_b\" (B0) and \"002_B\" (C0)", "006_b")),
            entry(3, message.formatted("1 in \"001_a\" (B3) and \"1_e\" (C2)", "005_a")));
  }

  /** The bearer of the name at position n is called Bn. */
  private static Map<Integer, String> check(String... names) {
    List<NamedMigration> migrations = new ArrayList<>();
    for (String name : names) {
      migrations.add(new NamedMigration(name, "B" + migrations.size()));
    }
    return NameRules.check(migrations);
  }

  private static String randomText(Random random) {
    String alphabet = "019_-aZvV \u00e4\n";
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(random.nextInt(20) == 0 ? 255 : 30);
    while (text.length() < length) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
