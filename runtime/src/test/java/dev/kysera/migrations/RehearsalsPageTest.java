package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kysera.migrations.TestDatabase.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What {@code docs/rehearsals.md} shows is what is printed. */
class RehearsalsPageTest {

  private static final Path PAGE = Path.of("..", "docs", "rehearsals.md");

  private static List<String> blocks(String language) throws Exception {
    return Pattern.compile("(?ms)^```(\\w*)\n(.*?)^```$")
        .matcher(Files.readString(PAGE))
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> normal(block.group(2)))
        .toList();
  }

  private static String normal(String text) {
    return text.replaceAll("\\d+ ms", "N ms")
        .replaceAll("'[0-9a-f]{8}-[0-9a-f-]{27}'", "'ID'")
        .replaceAll("rehearsed by [^']*'", "rehearsed by OWNER'")
        .replaceAll("lock\\(-?\\d+\\)", "lock(KEY)")
        .replaceAll("'(unknown|\\d+\\.\\d+\\.\\d+[\\w-]*)', 1,", "'VERSION', 1,");
  }

  @Test
  void the_report_and_the_script_are_real() throws Exception {
    MigrationRegistry.Builder registry =
        MigrationRegistry.builder()
            .add(
                "001_create_orders",
                h -> {
                  h.execute("create table orders (id int primary key, customer varchar(50))");
                  h.execute(
                      "insert into orders select i, 'somebody' from generate_series(1, 5000) i");
                });
    try (TestDatabase db = Kind.POSTGRESQL.open()) {
      MigrationRunner.create(db.jdbi(), registry.build(), db.options().build()).up();
      registry
          .add(
              "002_add_status",
              h -> {
                h.execute(
                    "alter table orders add column status varchar(20) not null default 'open'");
                h.execute("update orders set status = ? where id <= ?", "closed", 1000);
              })
          .add("003_index_status", h -> h.execute("create index orders_status on orders (status)"));
      MigrationRehearsal rehearsal =
          MigrationRunner.create(db.jdbi(), registry.build(), db.options().build()).rehearse();

      // To be copied into the page.
      Files.writeString(Path.of("target", "rehearsal.txt"), rehearsal + "\n");
      Files.writeString(Path.of("target", "rehearsal.sql"), rehearsal.script());
      assertThat(blocks("")).containsExactly(normal(rehearsal + "\n"));
      assertThat(blocks("sql")).containsExactly(normal(rehearsal.script()));
    }
  }
}
