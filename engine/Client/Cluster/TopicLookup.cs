using System.Diagnostics.CodeAnalysis;
using Testbed.Wire;

namespace Testbed.Client;

/// <summary>What is known of a topic, or why nothing is.</summary>
public readonly record struct TopicLookup(ErrorCode Error, TopicMetadata? Topic)
{
    [MemberNotNullWhen(true, nameof(Topic))]
    public bool IsFound => Error == ErrorCode.None && Topic is not null;
}
