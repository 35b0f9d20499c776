package dev.kysera.migrations.spring;

import dev.kysera.migrations.IrreversiblePolicy;
import dev.kysera.migrations.MigrationListener;
import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.TransactionMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The properties {@code kysera.migrations.*}. What is not set stays as the options have it. */
@ConfigurationProperties("kysera.migrations")
record MigrationsProperties(
    @DefaultValue("up") MigrationMode mode,
    @DefaultValue("5m") Duration awaitTimeout,
    @Nullable String schema,
    @Nullable String tableName,
    @Nullable TransactionMode transactions,
    @Nullable Boolean outOfOrder,
    @Nullable IrreversiblePolicy irreversible,
    @Nullable Boolean failOnChanged,
    @Nullable Duration lockTimeout,
    @Nullable Duration ddlLockTimeout,
    @Nullable Duration statementTimeout) {

  /** These settings on top of others. */
  MigrationOptions over(MigrationOptions base, List<MigrationListener> listeners) {
    MigrationOptions.Builder options = base.toBuilder();
    Optional.ofNullable(schema).ifPresent(options::schema);
    Optional.ofNullable(tableName).ifPresent(options::tableName);
    Optional.ofNullable(transactions).ifPresent(options::transactions);
    Optional.ofNullable(outOfOrder).ifPresent(options::outOfOrder);
    Optional.ofNullable(irreversible).ifPresent(options::irreversible);
    Optional.ofNullable(failOnChanged).ifPresent(options::failOnChanged);
    Optional.ofNullable(lockTimeout).ifPresent(options::lockTimeout);
    Optional.ofNullable(ddlLockTimeout).ifPresent(options::ddlLockTimeout);
    Optional.ofNullable(statementTimeout).ifPresent(options::statementTimeout);
    listeners.forEach(options::listener);
    return options.build();
  }
}
