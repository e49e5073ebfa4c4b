using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace Testbed.Tests.Engine.Node.Transcripts;

/// <summary>
/// Requests and answers of a whole node as text: what a scene says and what the node does must be the same.
/// When an answer changes on purpose, the failure shows the scene as it plays now.
/// </summary>
public sealed class TranscriptTests
{
    public static TheoryData<string, string> Scenes
    {
        get
        {
            var scenes = new TheoryData<string, string>();
            foreach (var file in TranscriptFiles.Names)
            {
                foreach (var sentence in TranscriptFiles.Sentences(file))
                {
                    scenes.Add(file, sentence);
                }
            }
            return scenes;
        }
    }

    [Theory]
    [MemberData(nameof(Scenes))]
    public void A_scene_plays_as_it_is_written(string file, string sentence)
    {
        var written = TranscriptFiles.Scene(file, sentence);
        var played = TranscriptPlayer.Play(written);
        Assert.True(Text(written) == Text(played), $"{file}: {sentence}\n{Text(played)}");
    }

    [Fact]
    public void An_answer_that_differs_in_one_field_is_another_text()
    {
        var written = TranscriptFiles.Scene("cluster.txt", TranscriptFiles.Sentences("cluster.txt")[0]);
        var spoilt = written.Select(static line => line.Replace("Port=9092", "Port=9093")).ToList();
        Assert.NotEqual(written, spoilt);
        Assert.Equal(written, TranscriptPlayer.Play(spoilt));
    }

    private static string Text(IEnumerable<string> lines) => string.Join('\n', lines);
}
