using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Testbed.Sim;
using Testbed.Tests.Engine.Wire;
using Testbed.Wire;

namespace Testbed.Tests.Engine.Node.Transcripts;

/// <summary>
/// Plays one scene on a fresh machine and writes down what really happens, in the words of the scene:
/// <code>
/// # a remark
/// ! set NAME=VALUE             a setting of the node; before everything else
/// ! crash, ! power cut         the node goes down and comes back; the client connects anew
/// ! wait MS                    virtual milliseconds go by
/// > API VERSION JSON           a request; lines that begin with blanks continue it
/// > API VERSION JSON - PATH    the same, without the lines of the answer that begin with PATH
/// </code>
/// All other lines are answers, without the fields that are at their defaults, and are written anew.
/// </summary>
internal sealed class TranscriptPlayer
{
    private const string Ask = "> ";
    private const string Setting = "! set ";
    private const string Wait = "! wait ";

    private readonly NodeBench _bench;
    private readonly IdNames _names = new();
    private readonly List<string> _told = [];
    private RawClient _client;

    private TranscriptPlayer(string[] settings)
    {
        _bench = new NodeBench(1, settings);
        _client = _bench.Connect();
    }

    /// <summary>The scene with the answers that this node gives.</summary>
    public static IReadOnlyList<string> Play(IReadOnlyList<string> scene)
    {
        var settings = scene.Where(static line => line.StartsWith(Setting, StringComparison.Ordinal))
            .Select(static line => line[Setting.Length..]);
        var player = new TranscriptPlayer([.. settings]);
        for (var i = 0; i < scene.Count; i++)
        {
            var end = i + 1;
            while (end < scene.Count && scene[end].StartsWith("  ", StringComparison.Ordinal))
            {
                end++;
            }
            player.Step([.. scene.Skip(i).Take(end - i)]);
            i = end - 1;
        }
        return player._told;
    }

    private void Step(IReadOnlyList<string> lines)
    {
        var first = lines[0];
        var isAnswer = first.Length > 0 && first[0] is not ('#' or '!' or '>');
        if (isAnswer)
        {
            return;
        }
        _told.AddRange(lines);
        if (first.StartsWith(Ask, StringComparison.Ordinal))
        {
            Request(string.Join(' ', lines.Select(static line => line.Trim()))[Ask.Length..]);
        }
        else if (first is "! crash" or "! power cut")
        {
            _bench.Crash(first == "! crash" ? CrashKind.Process : CrashKind.PowerCut);
            _client = _bench.Connect();
        }
        else if (first.StartsWith(Wait, StringComparison.Ordinal))
        {
            _bench.RunForMs(long.Parse(first[Wait.Length..], CultureInfo.InvariantCulture));
        }
        else if (first.StartsWith('!') && !first.StartsWith(Setting, StringComparison.Ordinal))
        {
            throw new FormatException($"what is '{first}'?");
        }
    }

    private void Request(string text)
    {
        var words = text.Split(' ', 3);
        var version = short.Parse(words[1], CultureInfo.InvariantCulture);
        var json = words[2];
        var hidden = json.LastIndexOf("} - ", StringComparison.Ordinal);
        var without = hidden < 0 ? null : json[(hidden + "} - ".Length)..];
        json = hidden < 0 ? json : json[..(hidden + 1)];
        var lines = Answer(words[0], version, json);
        _told.AddRange(lines.Where(
            line => without is null || !line.StartsWith(without, StringComparison.Ordinal)));
    }

    private IReadOnlyList<string> Answer(string api, short version, string json)
    {
        var request = new RequestJson(_bench.ClientWallMs, _names).Read(api, json);
        var answer = _client.Answers.Count;
        _client.Send(request, version, answer);
        _bench.Until(() => _client.Answers.Count > answer || _client.Closed is not null);
        if (_client.Closed is not null)
        {
            _client = _bench.Connect();
            return ["the connection is closed"];
        }
        var reader = new WireReader(_client.Answers[answer]);
        ResponseFrame.ReadHeader(ref reader, request.ApiKey, version);
        return AnswerText.Of(MessageTypes.Of(api + "Response").Read(ref reader, version), _names);
    }
}
