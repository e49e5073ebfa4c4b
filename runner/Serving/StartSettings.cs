using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.IO;

namespace Testbed.Runner.Serving;

/// <summary>
/// Collects what `testbed start` is told: the file's settings, then --override; or the defaults of a first
/// try. Values stay as they are written: blanks around them are dropped where Kafka drops them, when they are
/// read. The file is UTF-8, of which Kafka reads the ASCII part alike.
/// </summary>
public static class StartSettings
{
    private static readonly KeyValuePair<string, string>[] FirstTry =
    [
        new("node.id", "1"),
        new("listeners", "PLAINTEXT://127.0.0.1:9092"),
        new("log.dirs", "./data"),
    ];

    /// <summary>Names and values, each name once; or what is wrong, in a sentence.</summary>
    public static bool TryCollect(
        string? file,
        string[] overrides,
        [NotNullWhen(true)] out IReadOnlyList<KeyValuePair<string, string>>? settings,
        [NotNullWhen(false)] out string? problem)
    {
        settings = null;
        var collected = new List<KeyValuePair<string, string>>(file is null ? FirstTry : []);
        if (file is not null && !TryRead(file, collected, out problem))
        {
            return false;
        }
        foreach (var text in overrides)
        {
            var equals = text.IndexOf('=');
            if (equals <= 0)
            {
                problem = $"--override {text}: give name=value";
                return false;
            }
            var name = text[..equals].Trim();
            collected.RemoveAll(entry => entry.Key == name);
            collected.Add(new KeyValuePair<string, string>(name, text[(equals + 1)..]));
        }
        settings = collected;
        problem = null;
        return true;
    }

    private static bool TryRead(
        string file, List<KeyValuePair<string, string>> collected, [NotNullWhen(false)] out string? problem)
    {
        string text;
        try
        {
            text = File.ReadAllText(file);
        }
        catch (Exception error) when (
            error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            problem = $"--config {file} cannot be read: {error.Message}";
            return false;
        }
        var isRead = PropertiesFile.TryParse(text, out var settings, out var mistake);
        collected.AddRange(settings);
        problem = isRead ? null : $"--config {file}: {mistake}";
        return isRead;
    }
}
