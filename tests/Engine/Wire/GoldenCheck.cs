using System;
using System.Collections.Generic;
using System.Linq;
using Testbed.Wire;
using Xunit;

namespace Testbed.Tests.Engine.Wire;

/// <summary>What must hold of each golden vector.</summary>
public sealed class GoldenCheck(IReadOnlyList<GoldenEntry> index)
{
    private const int ShownMax = 20;

    private readonly MessageBytes _bytes = new();
    private readonly Dictionary<string, GoldenEntry> _index = index.ToDictionary(
        entry => entry.Name, StringComparer.Ordinal);

    /// <summary>
    /// Fails with the first findings; <paramref name="check"/> gives null for a sound vector.
    /// </summary>
    public static void All(IReadOnlyList<GoldenVector> vectors, Func<GoldenVector, string?> check)
    {
        Assert.NotEmpty(vectors);
        var findings = vectors
            .Select(vector => Finding(vector, check) is { } finding ? $"{vector}: {finding}" : null)
            .OfType<string>()
            .ToList();
        var shown = string.Join('\n', findings.Take(ShownMax));
        Assert.True(findings.Count == 0, $"{findings.Count} of {vectors.Count}:\n{shown}");
    }

    /// <summary>The bytes give the message of the JSON, and the message gives the bytes.</summary>
    public string? Body(GoldenVector vector)
    {
        if (!MessageTypes.Has(vector.Name))
        {
            return "no such message";
        }
        var message = MessageTypes.Of(vector.Name).ReadAll(vector.Bytes, vector.Version);
        return JsonComparison.Difference(message, vector.Json, vector.Name)
            ?? Difference(vector.Bytes, _bytes.Of(message, vector.Version));
    }

    /// <summary>
    /// The same for the bytes with the frame of the message's kind; null too for one without a frame.
    /// </summary>
    public string? Frame(GoldenVector vector)
    {
        var frame = _index[vector.Name].Frame;
        if (vector.Framed is null)
        {
            return frame == "none" ? null : "the frame is missing";
        }
        var reader = new WireReader(vector.Framed);
        var message = GoldenFrames.Read(frame, vector.Name, ref reader, out var version)!;
        reader.RequireEnd();
        if (version != vector.Version)
        {
            return $"the frame says version {version}";
        }
        return JsonComparison.Difference(message, vector.Json, vector.Name)
            ?? Difference(vector.Framed, _bytes.Of(writer => GoldenFrames.Write(writer, message, version)));
    }

    /// <summary>Tags that nobody knows are kept, and without them the bytes are those without them.</summary>
    public string? UnknownTags(GoldenVector vector)
    {
        var type = MessageTypes.Of(vector.Name);
        var bare = _bytes.Of(type.ReadAll(vector.WithoutUnknownTags!, vector.Version), vector.Version);
        return Body(vector) ?? Difference(vector.WithoutUnknownTags!, bare);
    }

    private static string? Finding(GoldenVector vector, Func<GoldenVector, string?> check)
    {
        try
        {
            return check(vector);
        }
        catch (Exception broken)
        {
            return broken.ToString();
        }
    }

    private static string? Difference(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual)
    {
        var same = expected.CommonPrefixLength(actual);
        return expected.SequenceEqual(actual)
            ? null
            : $"at byte {same}: {Convert.ToHexString(actual)} instead of {Convert.ToHexString(expected)}";
    }
}
