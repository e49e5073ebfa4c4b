using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using Testbed.Wire;
using Xunit;
using Xunit.Abstractions;

namespace Testbed.Tests.Engine.Wire;

/// <summary>
/// Whatever bytes come, reading them gives a message or <see cref="MalformedMessageException"/>, and costs
/// memory in proportion to the bytes.
/// </summary>
public sealed class MalformedTests
{
    /// <summary>
    /// Bytes of memory for a byte of input. The worst element is a struct of which a version has next to
    /// nothing, so that a byte or two make an object with all its fields.
    /// </summary>
    private const int AllocatedPerByte = 64;

    /// <summary>The message itself, and the exception with its text and stack trace.</summary>
    private const int AllocatedAlways = 8192;

    private const int ListDepthMax = 3;
    private const int ClientIdPosition = 8;
    private const int Mutations = 60_000;
    private const int TruncatedMaxBytes = 700;

    private readonly MessageBytes _bytes = new();
    private readonly ITestOutputHelper _output;
    private double _worst;

    public MalformedTests(ITestOutputHelper output)
    {
        _output = output;
        // The first exception of a process costs memory that no later one does.
        Assert.Throws<MalformedMessageException>(() => MessageTypes.All.First().ReadAll(default, 0));
    }

    [Fact]
    public void A_message_cut_anywhere_is_malformed()
    {
        var cuts = 0;
        foreach (var vector in GoldenFiles.Selection.Where(IsCut))
        {
            var type = MessageTypes.Of(vector.Name);
            for (var length = 0; length < vector.Bytes.Length; length++)
            {
                var message = Read(type, vector.Bytes.AsMemory(0, length), vector.Version, out var reason);
                Assert.True(message is null, $"{vector} cut at {length}");
                Assert.NotEqual(MalformedReason.TrailingBytes, reason);
                cuts++;
            }
        }
        _output.WriteLine($"{cuts} cuts, at most {_worst:F1} bytes allocated for a byte");
    }

    [Fact]
    public void A_changed_message_is_read_or_malformed_and_what_is_read_can_be_written()
    {
        var random = new Random(TestSeed.Next(_output));
        var vectors = GoldenFiles.Selection.Concat(GoldenFiles.SelectionUnknownTags).ToList();
        var reasons = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < Mutations; i++)
        {
            var vector = vectors[random.Next(vectors.Count)];
            var changed = Mutation.Of(vector.Bytes, random);
            var type = MessageTypes.Of(vector.Name);
            var message = Read(type, changed, vector.Version, out var reason);
            var outcome = message is null ? reason.ToString() : "read";
            reasons[outcome] = reasons.GetValueOrDefault(outcome) + 1;
            if (message is not null)
            {
                var written = _bytes.Of(message, vector.Version);
                Assert.Equal(written, _bytes.Of(type.ReadAll(written, vector.Version), vector.Version));
            }
        }
        _output.WriteLine(string.Join(", ", reasons.Select(reason => $"{reason.Key} {reason.Value}")));
        _output.WriteLine($"at most {_worst:F1} bytes allocated for a byte");
        Assert.True(reasons.Count > 8, "the mutations reach too little");
    }

    [Fact]
    public void The_emptiest_elements_cost_memory_in_proportion()
    {
        var worst = "";
        foreach (var type in MessageTypes.All)
        {
            for (var version = type.LowestVersion; version <= type.HighestVersion; version++)
            {
                for (var depth = 0; depth <= ListDepthMax; depth++)
                {
                    var before = _worst;
                    var bytes = new CrowdedMessage(type, version, depth).Bytes(_bytes);
                    Assert.NotNull(Read(type, bytes, version, out _));
                    worst = _worst > before ? $"{type} v{version}, {bytes.Length} bytes" : worst;
                }
            }
        }
        _output.WriteLine($"at most {_worst:F1} bytes allocated for a byte: {worst}");
    }

    [Fact]
    public void A_changed_frame_is_read_or_malformed()
    {
        var random = new Random(TestSeed.Next(_output));
        var frames = GoldenFiles.Index.ToDictionary(
            entry => entry.Name, entry => entry.Frame, StringComparer.Ordinal);
        var vectors = GoldenFiles.Selection.Where(vector => vector.Framed is not null).ToList();
        var malformed = 0;
        for (var i = 0; i < Mutations / 4; i++)
        {
            var vector = vectors[random.Next(vectors.Count)];
            var reader = new WireReader(Mutation.Of(vector.Framed!, random));
            try
            {
                _ = GoldenFrames.Read(frames[vector.Name], vector.Name, ref reader, out _);
            }
            catch (MalformedMessageException)
            {
                malformed++;
            }
        }
        Assert.InRange(malformed, 1, (Mutations / 4) - 1);
    }

    [Fact]
    public void Any_bytes_are_a_request_header_or_malformed()
    {
        var random = new Random(TestSeed.Next(_output));
        var read = 0;
        for (var i = 0; i < Mutations / 4; i++)
        {
            var bytes = new byte[random.Next(40)];
            random.NextBytes(bytes);
            if (bytes.Length > ClientIdPosition + 1 && random.Next(4) > 0)
            {
                (bytes[0], bytes[1]) = (0, (byte)random.Next(96));
                var length = (short)random.Next(-2, 30);
                BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(ClientIdPosition), length);
            }
            try
            {
                var reader = new WireReader(bytes);
                _ = RequestFrame.ReadHeader(ref reader);
                read++;
            }
            catch (MalformedMessageException)
            {
                continue;
            }
        }
        Assert.InRange(read, Mutations / 100, Mutations / 5);
    }

    private static bool IsCut(GoldenVector vector) =>
        vector.Bytes.Length <= TruncatedMaxBytes && vector.Kind is "full" or "nulls";

    /// <summary>
    /// Null, and why, for bytes that are no such message; bytes may follow it. What only the first reading
    /// of a kind costs, the runtime's own memory, does not count.
    /// </summary>
    private IMessage? Read(
        MessageType type, ReadOnlyMemory<byte> bytes, short version, out MalformedReason reason)
    {
        var bound = AllocatedAlways + (AllocatedPerByte * (long)bytes.Length);
        var message = ReadMeasured(type, bytes, version, out reason, out var allocated);
        if (allocated > bound)
        {
            message = ReadMeasured(type, bytes, version, out reason, out allocated);
        }
        var hex = allocated <= bound ? "" : Convert.ToHexString(bytes.Span);
        Assert.True(allocated <= bound, $"{type} v{version}: {allocated} bytes for {bytes.Length}: {hex}");
        _worst = Math.Max(_worst, (allocated - AllocatedAlways) / (double)Math.Max(1, bytes.Length));
        return message;
    }

    private static IMessage? ReadMeasured(
        MessageType type,
        ReadOnlyMemory<byte> bytes,
        short version,
        out MalformedReason reason,
        out long allocated)
    {
        reason = default;
        IMessage? message = null;
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            var reader = new WireReader(bytes);
            message = type.Read(ref reader, version);
        }
        catch (MalformedMessageException malformed)
        {
            reason = malformed.Reason;
        }
        allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return message;
    }
}
