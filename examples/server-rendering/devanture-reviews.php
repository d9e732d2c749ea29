<?php
/**
 * Reviews of a product as HTML, to be put inside <devanture-reviews>: for PrestaShop, WooCommerce and pages written by hand.
 *
 * The fragment is kept for five minutes. When the server does not answer within a second, what was kept last is shown, however old it is,
 * or nothing: the widget then asks by itself.
 *
 *     echo '<devanture-reviews product="' . htmlspecialchars($id, ENT_QUOTES) . '">'
 *         . devanture_reviews('https://api.example.com', 'pk_…', $id, 'fr') . '</devanture-reviews>';
 *
 * PrestaShop: in a module's hookDisplayFooterProduct, $id is the product's reference.
 * WooCommerce: add_action('woocommerce_after_single_product_summary', …), $id is $product->get_sku().
 */
function devanture_reviews(string $api, string $key, string $product, string $lang, ?string $itemId = null): string
{
    $query = ['key' => $key, 'product' => $product, 'lang' => $lang];
    if ($itemId !== null) {
        // The @id of the Product in the page's own linked data.
        $query['item_id'] = $itemId;
    }
    $url = rtrim($api, '/') . '/v1/ssr/reviews?' . http_build_query($query);
    $file = sys_get_temp_dir() . '/devanture-' . hash('sha256', $url) . '.html';
    $age = is_file($file) ? time() - filemtime($file) : PHP_INT_MAX;
    if ($age < 300) {
        return (string) file_get_contents($file);
    }
    $context = stream_context_create(['http' => ['timeout' => 1.0, 'ignore_errors' => true]]);
    $html = @file_get_contents($url, false, $context);
    // The status of the last answer; the first line is that of a redirect, where there was one.
    $status = 0;
    foreach ($http_response_header ?? [] as $line) {
        if (preg_match('#^HTTP/\S+ (\d{3})#', $line, $found)) {
            $status = (int) $found[1];
        }
    }
    if ($html === false || $status !== 200) {
        return is_file($file) ? (string) file_get_contents($file) : '';
    }
    // Written beside and moved, so that nobody reads half of it.
    $new = tempnam(dirname($file), 'devanture');
    if ($new !== false && file_put_contents($new, $html) !== false) {
        rename($new, $file);
    }
    return $html;
}
