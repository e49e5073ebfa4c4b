using Testbed.Wire;

namespace Testbed.Node.Requests;

/// <summary>A handler of one kind of request. Bytes behind the body are ignored, as Kafka does.</summary>
public abstract class RequestHandler<TRequest> : IRequestHandler
    where TRequest : class, IRequest<TRequest>
{
    public ApiKey Api => TRequest.Api;

    public void Handle(Exchange exchange)
    {
        var reader = new WireReader(exchange.Body);
        Handle(exchange, TRequest.Read(ref reader, exchange.Version));
    }

    protected abstract void Handle(Exchange exchange, TRequest request);
}
