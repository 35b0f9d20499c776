package dev.kysera.migrations.processor;

import com.palantir.javapoet.ClassName;
import dev.kysera.migrations.annotation.internal.NameRules.NamedMigration;
import java.util.List;

/**
 * Another module, as one sees it that shares its history.
 *
 * @param migrations its class {@code Migrations}
 * @param tableName empty for the default one
 * @param names its migrations
 * @param hasDependencies whether they need something
 */
record SharedHistory(
    ClassName migrations, String tableName, List<NamedMigration> names, boolean hasDependencies) {}
