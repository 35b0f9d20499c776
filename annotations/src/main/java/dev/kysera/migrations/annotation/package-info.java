/** What a user writes on migrations: {@code @Migration} and {@code @MigrationModule}. */
@NullMarked
package dev.kysera.migrations.annotation;

import org.jspecify.annotations.NullMarked;
