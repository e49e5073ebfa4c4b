using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using Testbed.Foundation;

namespace Testbed.Wire;

/// <summary>What generated code asserts about the version it is told to read or write.</summary>
internal static class Versions
{
    public static void Require(short version, int lowest, int highest)
    {
        Invariant.Assert(lowest <= version);
        Invariant.Assert(version <= highest);
    }

    /// <summary>A field that a version lacks, and that is not ignorable, must be at its default.</summary>
    public static void RequireAbsent(bool isDefault, string field, short version)
    {
        if (!isDefault)
        {
            Refuse($"{field} is at its default, as version {version} lacks it");
        }
    }

    public static void RequireNotNull(bool holds, string field, short version)
    {
        if (!holds)
        {
            Refuse($"{field} is not null, as version {version} cannot say so");
        }
    }

    public static void RequireNoTags(List<UnknownTag>? tags, string message, short version)
    {
        if (tags is { Count: > 0 })
        {
            Refuse($"{message} has no unknown tags, as version {version} is not flexible");
        }
    }

    /// <summary>A record in a frame that names the version: one that we do not have is malformed.</summary>
    public static T Read<T>(ref WireReader reader, short version)
        where T : IMessage<T>
    {
        if (version < T.LowestVersion || version > T.HighestVersion)
        {
            throw reader.Malformed(MalformedReason.UnknownVersion);
        }
        return T.Read(ref reader, version);
    }

    public static T NoSuchApi<T>(ApiKey key)
    {
        Refuse($"{(short)key} is the key of an API");
        return default;
    }

    [DoesNotReturn]
    private static void Refuse(string claim) => Invariant.Assert(false, claim);
}
