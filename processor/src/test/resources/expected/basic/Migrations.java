package app.db;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRegistry;
import dev.kysera.migrations.MigrationRunner;
import dev.kysera.migrations.annotation.GeneratedRegistry;
import javax.annotation.processing.Generated;
import org.jdbi.v3.core.Jdbi;

/**
 * All 2 migrations of this module, in the order in which they are executed.
 */
@Generated("dev.kysera.migrations.processor.MigrationProcessor")
@GeneratedRegistry
public final class Migrations {
  private static final String FINGERPRINTS = """
      001_create_users 1:d1621f850eab8a9c6418a1edfc3e6fb3000623aacdf128febef67e01d0be73b0 1:995880c819f4b7943eb79fe9698d45d5158385f42b3862fb28f3147afd542a1c
      002_add_email_index 1:29678a663b87be4707d503c2644cc09e85542db7f4b6592fed2c7c8510cdca18 -
      """;

  private static final MigrationRegistry REGISTRY = MigrationRegistry.of(
      Migrations::create,
      MigrationDefinition.of("001_create_users").withDescription("Users table"),
      MigrationDefinition.of("002_add_email_index").asIrreversible())
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
      case 0 -> new CreateUsers(); // 001_create_users
      case 1 -> new AddEmailIndex(); // 002_add_email_index
      default -> throw new IndexOutOfBoundsException(position);
    };
  }
}
