package dev.kysera.migrations.benchmarks.inputs;

import java.util.HashMap;
import java.util.Map;

/** A class with our annotation for each migration. */
final class KyseraForm {

  private KyseraForm() {}

  static Map<String, String> files(int migrations, Body body) {
    Map<String, String> files = classes(migrations, body);
    files.put(
        "Start.java",
        """
        package bench;
        public final class Start extends dev.kysera.migrations.benchmarks.contestants.Kysera {
          @Override protected dev.kysera.migrations.MigrationRunner runner(org.jdbi.v3.core.Jdbi jdbi) {
            return Migrations.runner(jdbi);
          }
        }
        """);
    return files;
  }

  static Map<String, String> byHand(int migrations, Body body) {
    Map<String, String> files = classes(migrations, body);
    files.put(
        "Start.java",
        """
        package bench;
        import dev.kysera.migrations.JdbiMigration;
        public final class Start extends dev.kysera.migrations.benchmarks.contestants.ByHand {
          @Override protected int count() {
            return %d;
          }
          @Override protected String name(int position) {
            return String.format("%%05d_m", position + 1);
          }
        %s}
        """
            .formatted(
                migrations,
                Chunks.lookUp("JdbiMigration", "migration", migrations, "new M%05d()"::formatted)));
    return files;
  }

  private static Map<String, String> classes(int migrations, Body body) {
    Map<String, String> files = new HashMap<>();
    for (int i = 1; i <= migrations; i++) {
      files.put(
          "M%05d.java".formatted(i),
          """
          package bench;
          import dev.kysera.migrations.JdbiMigration;
          import dev.kysera.migrations.annotation.Migration;
          import org.jdbi.v3.core.Handle;
          @Migration("%1$05d_m")
          final class M%1$05d implements JdbiMigration {
            @Override public void up(Handle handle) {
              handle.execute("%2$s");
            }
            @Override public void down(Handle handle) {
              handle.execute("%3$s");
            }
          }
          """
              .formatted(i, body.up(i), body.down(i)));
    }
    return files;
  }
}
