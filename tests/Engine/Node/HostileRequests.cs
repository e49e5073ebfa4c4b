using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Tests.Engine.Wire;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Tests.Engine.Node;

/// <summary>
/// Random valid requests of the given APIs in all their versions, with what breaks programs: extreme numbers,
/// keys given twice, nulls, names of all lengths, and ids and names that exist often enough to get far.
/// </summary>
internal sealed class HostileRequests(Random random, IReadOnlyList<ApiKey> apis)
{
    private const int LongestWaitMs = 1_500;
    private const int LongestName = short.MaxValue;
    private const short FirstVersionWithSessions = 7;
    private const short LastVersionWithNames = 12;
    private readonly MessageBytes _bytes = new();
    private readonly SortedDictionary<(ApiKey, short), MessageFiller> _fillers = [];
    private int _sessionEpoch;

    /// <summary>Names of things that are there, or could be; the first ones are frequent.</summary>
    public List<string> Names { get; } =
    [
        "", "1", ".", "new", "__consumer_offsets", "retention.ms", "cleanup.policy", "compact",
        new string('n', 249), new string('n', LongestName),
    ];

    /// <summary>Ids of things that are there.</summary>
    public List<Uuid> Ids { get; } = [Uuid.Zero];

    /// <summary>Batches that a partition takes.</summary>
    public List<RecordData> Batches { get; } = [];

    /// <summary>A session of fetches by name, at its first epoch; some fetches go on with it.</summary>
    public int Session { get; set; }

    public IRequest Next(out short version)
    {
        var api = random.Next(6) == 0 ? ApiKey.Fetch : apis[random.Next(apis.Count)];
        var type = MessageTypes.Of($"{api}Request");
        version = (short)random.Next(type.LowestVersion, type.HighestVersion + 1);
        if (!_fillers.TryGetValue((api, version), out var filler))
        {
            filler = new MessageFiller(random);
            _fillers.Add((api, version), filler);
        }
        var message = filler.Fill(type, version, _bytes, out _);
        Twist(message);
        switch (message)
        {
            case FetchRequest fetch:
                fetch.MaxWaitMs = Math.Min(fetch.MaxWaitMs, LongestWaitMs);
                ContinueSession(fetch, version);
                break;
            case CreateTopicsRequest create when random.Next(2) == 0:
                MakeSensible(create);
                break;
        }
        return (IRequest)message;
    }

    /// <summary>
    /// The next fetch of the session: waits long, and by chance puts in or takes out what others wait for.
    /// </summary>
    private void ContinueSession(FetchRequest fetch, short version)
    {
        if (version is < FirstVersionWithSessions or > LastVersionWithNames || random.Next(5) == 0)
        {
            return;
        }
        var known = NodeBench.Fetch("a", 0, LongestWaitMs, minBytes: int.MaxValue);
        fetch.SessionId = Session;
        fetch.SessionEpoch = ++_sessionEpoch;
        fetch.MaxWaitMs = known.MaxWaitMs;
        fetch.MinBytes = known.MinBytes;
        fetch.ReplicaId = known.ReplicaId;
        fetch.Topics = random.Next(10) == 0 ? fetch.Topics : random.Next(2) == 0 ? known.Topics : [];
        if (random.Next(2) == 0)
        {
            fetch.ForgottenTopicsData = [new FetchRequestForgottenTopic { Topic = "a", Partitions = [0] }];
        }
    }

    /// <summary>Topics that can be created but for their names and settings.</summary>
    private static void MakeSensible(CreateTopicsRequest create)
    {
        foreach (var topic in create.Topics)
        {
            topic.NumPartitions = 1;
            topic.ReplicationFactor = 1;
            topic.Assignments.Clear();
        }
    }

    private void Twist(object owner)
    {
        foreach (var field in MessageFields.Of(owner.GetType()))
        {
            var value = field.GetValue(owner);
            if (value is IList list)
            {
                TwistList(list);
            }
            else if (value is not null && !MessageFields.IsDefault(owner, field))
            {
                field.SetValue(owner, Twisted(value));
            }
        }
    }

    private void TwistList(IList list)
    {
        for (var i = 0; i < list.Count; i++)
        {
            list[i] = Twisted(list[i]!);
        }
        if (list.Count > 0 && random.Next(3) == 0)
        {
            list.Add(list[random.Next(list.Count)]);
        }
    }

    private object Twisted(object value)
    {
        if (MessageFields.IsStruct(value.GetType()))
        {
            Twist(value);
            return value;
        }
        return random.Next(5) == 0 ? value : value switch
        {
            string => Names[Math.Min(random.Next(Names.Count), random.Next(Names.Count))],
            Uuid => Ids[random.Next(Ids.Count)],
            RecordData => Batches[random.Next(Batches.Count)],
            int => Number(int.MinValue, int.MaxValue),
            short => (short)Number(short.MinValue, short.MaxValue),
            sbyte => (sbyte)Number(sbyte.MinValue, sbyte.MaxValue),
            long => random.Next(6) switch
            {
                0 => long.MinValue,
                1 => long.MaxValue,
                _ => (long)random.Next(-2, 6),
            },
            _ => value,
        };
    }

    private int Number(int lowest, int highest) => random.Next(8) switch
    {
        0 => lowest,
        1 => highest,
        2 => highest - 1,
        _ => random.Next(-2, 5),
    };

    /// <summary>The request as a line of text, long values cut.</summary>
    public static string Describe(object? value)
    {
        switch (value)
        {
            case null:
                return "null";
            case string text:
                return text.Length <= 40 ? $"\"{text}\"" : $"\"{text[..8]}...\"({text.Length})";
            case RecordData records:
                return $"{records.SizeBytes} bytes of records";
            case IList list:
                var shown = list.Cast<object?>().Take(6).Select(Describe);
                return $"[{string.Join(", ", shown)}{(list.Count > 6 ? $", ... {list.Count}" : "")}]";
        }
        if (!MessageFields.IsStruct(value.GetType()))
        {
            return $"{value}";
        }
        var fields = MessageFields.Of(value.GetType())
            .Where(field => !MessageFields.IsDefault(value, field))
            .Select(field => $"{field.Name}={Describe(field.GetValue(value))}");
        return $"{value.GetType().Name}{{{string.Join(" ", fields)}}}";
    }
}
