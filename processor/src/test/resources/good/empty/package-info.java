@dev.kysera.migrations.annotation.MigrationModule
package app;
