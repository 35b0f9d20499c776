package app;

import app.x.X;
import app.y.Y;
import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRegistry;
import dev.kysera.migrations.MigrationRunner;
import dev.kysera.migrations.annotation.GeneratedRegistry;
import javax.annotation.processing.Generated;
import org.jdbi.v3.core.Jdbi;

/**
 * All 3 migrations of this module, in the order in which they are executed.
 */
@Generated("dev.kysera.migrations.processor.MigrationProcessor")
@GeneratedRegistry
public final class Migrations {
  private static final String FINGERPRINTS = """
      001_a 1:dc9ad90ae5b004f12f8d0353d10afbb457864985888d433cbb8dc09b6177a902 -
      002_x 1:1d910187d34c7bb66533fe545f602779109207f6e597cd28b58702b975649cc6 -
      003_y 1:eadaec35cde03d7e9fa0734d091c0cdcf9047b682bb0921c84dfff339dc353c3 -
      """;

  private static final MigrationRegistry REGISTRY = MigrationRegistry.of(
      Migrations::create,
      MigrationDefinition.of("001_a").asIrreversible(),
      MigrationDefinition.of("002_x").asIrreversible(),
      MigrationDefinition.of("003_y").asIrreversible())
      .withFingerprints(FINGERPRINTS);

  private Migrations() {
  }

  /**
   * Returns the migrations in the order of execution.
   */
  public static MigrationRegistry registry() {
    return REGISTRY;
  }

  /**
   * Returns a runner with the default options.
   */
  public static MigrationRunner runner(Jdbi jdbi) {
    return runner(jdbi, MigrationOptions.defaults());
  }

  /**
   * Returns a runner with the given options.
   */
  public static MigrationRunner runner(Jdbi jdbi, MigrationOptions options) {
    return MigrationRunner.create(jdbi, REGISTRY, options);
  }

  private static JdbiMigration create(int position) {
    return switch (position) {
      case 0 -> new A(); // 001_a
      case 1 -> new X(); // 002_x
      case 2 -> new Y(); // 003_y
      default -> throw new IndexOutOfBoundsException(position);
    };
  }
}
